"""The stylesheet is built from its sources."""

import os
import re
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings

from web.styles.build import SOURCE, STYLESHEET, is_fresh

MODULES = ["csrf", "charts", "copy", "list/bulk", "list/rows", "menus", "upload/dropzone"]  # of main.js


def test_stylesheet_is_built_once() -> None:
    call_command("build_styles")
    built = STYLESHEET.stat().st_mtime
    assert is_fresh()
    call_command("build_styles")
    assert STYLESHEET.stat().st_mtime == built


def test_changed_source_makes_it_stale() -> None:
    call_command("build_styles")
    times = SOURCE.stat()
    os.utime(SOURCE, (times.st_atime, STYLESHEET.stat().st_mtime + 10))
    try:
        assert not is_fresh()
    finally:
        os.utime(SOURCE, (times.st_atime, times.st_mtime))


def test_stylesheet_holds_the_classes_of_templates_and_code() -> None:
    call_command("build_styles")
    styles = STYLESHEET.read_text()
    assert ".size-5" in styles  # only named in a template tag
    assert "prefers-color-scheme" not in styles  # colours follow light-dark()
    assert "light-dark(" in styles


def test_collected_modules_import_each_other_by_hashed_names(settings: Settings, tmp_path: Path) -> None:
    call_command("build_styles")
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "web.storage.HashedStaticFiles"}}
    call_command("collectstatic", "--no-input", verbosity=0)
    (main,) = (tmp_path / "web" / "js").glob("main.*.js")
    imported = re.findall(r'from "\./(.+)"', main.read_text())
    assert [re.sub(r"\.\w{12}\.js", "", name) for name in imported] == MODULES
    assert all((main.parent / name).exists() for name in imported)

"""The stylesheet is built from its sources."""

import os

from django.core.management import call_command

from web.styles.build import SOURCE, STYLESHEET, is_fresh


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

"""Where the desk may connect to: what the operator's settings name, never what a person or a paper names."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from django import forms
from django.apps import apps
from django.db import models

import web
from smartinvoice.settings.paths import BASE_DIR

PACKAGES = ("gst", "extraction", "compliance", "accounts", "invoice_processor", "api", "web", "smartinvoice")
NETWORK = (
    "httpx",
    "httpx2",
    "requests",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "socket",
)
ALLOWED = {
    "extraction/engines/ai.py": "the provider of GEMINI_BASE_URL or AI_BASE_URL; follows no redirect",
    "invoice_processor/portal/gsp.py": "GSP_BASE_URL; follows no redirect",
    "invoice_processor/portal/public_search.py": "GST_PORTAL_URL; follows no redirect",
    "invoice_processor/portal/transport.py": "the exchange of both",
    "invoice_processor/tasks.py": "the name of this machine",
    "smartinvoice/desk/preflight.py": "whether the desk's own port is free",
    "smartinvoice/desk/run.py": "whether the desk's own page answers",
}


def modules_imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def speaks_to_a_network(path: Path) -> bool:
    return any(f"{name}.".startswith(f"{one}.") for name in modules_imported(path) for one in NETWORK)


def test_only_what_is_on_the_list_speaks_to_a_network() -> None:
    files = [path for package in PACKAGES for path in (BASE_DIR / package).rglob("*.py")]
    assert {str(path.relative_to(BASE_DIR)) for path in files if speaks_to_a_network(path)} == set(ALLOWED)


def form_fields() -> Iterator[tuple[type, forms.Field]]:
    for module in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        for found in vars(importlib.import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, forms.BaseForm):
                yield from ((found, field) for field in getattr(found, "base_fields", {}).values())


def test_nobody_can_type_an_address_for_the_desk_to_fetch() -> None:
    typed = list(form_fields())
    assert len(typed) > 30
    assert not [form for form, field in typed if isinstance(field, forms.URLField)]
    kept = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert not [field for field in kept if isinstance(field, models.URLField)]

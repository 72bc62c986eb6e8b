"""The benchmark of pages leaves none out."""

import re

from django.urls import resolve

from benchmarks.addresses import LEFT_OUT, PAGES
from tests.web.test_permissions import DECIDED


def test_every_address_is_measured_or_left_out_for_a_reason() -> None:
    paths = (re.sub(r"\{\w+}", "1", address).partition("?")[0] for address in PAGES.values())
    measured = {resolve(path).view_name for path in paths}
    left_out = {name for names in LEFT_OUT.values() for name in names}
    answering = {name for name, method in DECIDED if method == "GET"}
    assert answering - measured - left_out == set(), "benchmarks/addresses.py: give these a line"
    assert left_out & measured == left_out - answering == set()

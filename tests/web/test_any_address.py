"""Whatever stands behind the question mark of an address: a page, never a fault."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import Take

PAGES = ("/", "/inbox/", "/reports/", "/export/", "/batches/", "/notices/", "/vendors/", "/invoices/states/")
NAMES = (
    *("q", "show", "health", "decision", "certainty", "verification", "vendor", "rule", "assigned", "sort"),
    *("start", "dated_from", "dated_to", "received_from", "received_to", "batch", "category", "selected"),
    *("period", "first", "last", "report", "format", "list", "order", "ids", "page", "seen"),
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"-?[0-9.]{0,24}(~[0-9]{1,20})?", fullmatch=True),
    st.dates().map(str),
    st.sampled_from(["newest", "oldest", "total", "date", "health", "on", "csv", "json", "register", "mine"]),
)


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PAGES), query=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
@example(path="/inbox/", query={"sort": "total", "start": "..-~7"})
@example(path="/inbox/", query={"sort": "date", "start": "118.00~7"})
@example(path="/inbox/", query={"sort": "health", "start": "9" * 24 + "~1"})
@example(path="/inbox/", query={"start": "1:"})
@example(path="/inbox/", query={"category": "84 or 1=1"})
@example(path="/inbox/", query={"received_from": "0001-01-01", "dated_to": "9999-12-31"})
@example(path="/", query={"first": "0001-01-01", "last": "9999-12-31"})
@example(path="/invoices/states/", query={"ids": "١٢,²,9" + "9" * 17})
def test_any_question_has_an_answer(desk: Client, take: Take, path: str, query: dict[str, str]) -> None:
    take("")
    answer = desk.get(path, query)
    assert answer.status_code in {200, 302, 404}

"""The queue and the dialog, step by step, without a browser."""

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import Organisation, OrganisationGstin
from invoice_processor.models import GSTCacheEntry, Vendor
from specimens import make_gstin
from tests.invoice_processor.conftest import portal
from tests.portal_simulator import KEY, Fault, PortalSimulator

__all__ = ["portal"]

pytestmark = pytest.mark.django_db

RICH, POOR, OWN = (make_gstin(state, "AAPCM4821K") for state in ("27", "29", "33"))
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def queue(organisation: Organisation, portal: PortalSimulator) -> PortalSimulator:
    """Two vendors, of which one has more at stake."""
    for gstin, value in ((POOR, 5), (RICH, 900)):
        Vendor.objects.create(
            organisation=organisation,
            gstin=gstin,
            name=f"Mill {value}",
            invoices=1,
            unverified_invoices=1,
            unverified_value=value,
            recount_due=False,
        )
        portal.register(gstin, f"Mill {value} Private Limited")
    return portal


def ask(client: Client, **values: str) -> HttpResponse:
    return client.post("/verification/ask/", values, **HTMX)  # type: ignore[arg-type, return-value]


def reply(client: Client, asked: HttpResponse, typed: str) -> HttpResponse:
    """Answer the picture that was asked for."""
    step = asked.context["step"]  # type: ignore[attr-defined]
    values = {"token": step.pending.token, "gstin": step.gstin, "answer": typed}
    values |= {"goes_on": "on", "skip": step.skipped, "among": step.selected} if step.goes_on else {}
    return client.post("/verification/answer/", values, **HTMX)  # type: ignore[arg-type, return-value]


def shown(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_most_valuable_comes_first_after_ones_own(
    desk: Client, organisation: Organisation, queue: PortalSimulator
) -> None:
    OrganisationGstin.objects.create(organisation=organisation, gstin=OWN)
    page = shown(desk.get("/verification/"))  # type: ignore[arg-type]
    assert page.index(OWN) < page.index(RICH) < page.index(POOR)
    assert "₹900.00" in page
    assert queue.requests == []


def test_of_a_selection_no_other_vendor_is_asked(desk: Client, queue: PortalSimulator) -> None:
    first = ask(desk, goes_on="on", among=POOR)
    assert POOR in shown(first)
    verified = reply(desk, first, queue.latest_answer)
    assert f'"among": "{POOR}"' in shown(verified)
    assert "All vendors of your selection are verified" in shown(ask(desk, goes_on="on", among=POOR))
    assert "Nothing waits" in shown(desk.get(f"/verification/?among={POOR}"))  # type: ignore[arg-type]
    assert RICH in shown(desk.get("/verification/"))  # type: ignore[arg-type]


def test_one_after_the_other_until_nothing_waits(desk: Client, queue: PortalSimulator) -> None:
    first = ask(desk, goes_on="on")
    assert RICH in shown(first)
    token = first.context["step"].pending.token  # type: ignore[attr-defined]
    picture = desk.get(f"/verification/pictures/{token}/")
    assert picture.headers["Content-Type"] == "image/png"
    assert "no-store" in picture.headers["Cache-Control"]
    verified = reply(desk, first, queue.latest_answer)
    assert "Mill 900 Private Limited" in shown(verified)
    assert verified.headers["HX-Trigger"] == "verified"
    second = ask(desk, goes_on="on")
    assert POOR in shown(second)
    reply(desk, second, queue.latest_answer)
    assert "All GSTINs are verified" in shown(ask(desk, goes_on="on"))
    assert GSTCacheEntry.objects.count() == 2
    assert "Nothing waits" in shown(desk.get("/verification/"))  # type: ignore[arg-type]


def test_a_wrong_answer_brings_a_new_picture_of_the_same_gstin(desk: Client, queue: PortalSimulator) -> None:
    first = ask(desk, goes_on="on")
    again = reply(desk, first, "000")
    assert "not what the picture shows" in shown(again)
    step = again.context["step"]  # type: ignore[attr-defined]
    assert step.gstin == RICH
    assert step.pending.token != first.context["step"].pending.token  # type: ignore[attr-defined]
    assert "Mill 900 Private Limited" in shown(reply(desk, again, queue.latest_answer))


def test_what_is_skipped_is_not_asked_again(desk: Client, queue: PortalSimulator) -> None:
    assert POOR in shown(ask(desk, goes_on="on", skip=RICH))
    assert "all but those you skipped" in shown(ask(desk, goes_on="on", skip=f"{RICH} {POOR}"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.FIREWALL, "turned us away"),
        (Fault.SERVER_ERROR, "does not answer"),
        (Fault.LOCKED, "locked"),
        (Fault.GARBAGE, "makes no sense"),
        (Fault.HANG, "too long"),
    ],
)
def test_each_trouble_has_its_sentence(
    desk: Client, queue: PortalSimulator, fault: Fault, words: str
) -> None:
    first = ask(desk, gstin=RICH)
    queue.faults.append(fault)
    answer = shown(reply(desk, first, "123456"))
    assert words in answer
    assert "Try again" in answer
    assert not GSTCacheEntry.objects.exists()


def test_a_gstin_that_the_portal_does_not_know_is_told(desk: Client, queue: PortalSimulator) -> None:
    del queue.registrations[RICH]
    assert "Unknown to the portal" in shown(reply(desk, ask(desk, gstin=RICH), queue.latest_answer))


def test_switched_off_it_says_so(desk: Client, queue: PortalSimulator, settings: Settings) -> None:
    settings.GST_PORTAL_URL = ""
    assert "switched off" in shown(ask(desk, gstin=RICH))


def test_with_a_gsp_the_record_comes_at_once(
    desk: Client, queue: PortalSimulator, settings: Settings
) -> None:
    settings.GSP_BASE_URL, settings.GSP_API_KEY = f"{queue.url}/gsp", KEY
    assert "Mill 900 Private Limited" in shown(ask(desk, gstin=RICH))


def test_when_the_gsp_is_in_trouble_a_person_can_read_a_picture(
    desk: Client, queue: PortalSimulator, settings: Settings
) -> None:
    settings.GSP_BASE_URL, settings.GSP_API_KEY = f"{queue.url}/gsp", "an-old-key"
    assert "Read a picture instead" in shown(ask(desk, gstin=RICH))
    asked = ask(desk, gstin=RICH, by_hand="on")
    again = reply(desk, asked, "000")
    assert "Mill 900 Private Limited" in shown(reply(desk, again, queue.latest_answer))


def test_without_scripts_it_is_a_page(desk: Client, queue: PortalSimulator) -> None:
    asked = desk.post("/verification/ask/", {"gstin": RICH})
    assert "<h1" in asked.content.decode()
    values = {"token": asked.context["step"].pending.token, "gstin": RICH, "answer": queue.latest_answer}
    assert desk.post("/verification/answer/", values).headers["Location"] == f"/vendors/{RICH}/"


def test_a_picture_is_for_the_person_who_asked(
    desk: Client, stranger: Client, queue: PortalSimulator
) -> None:
    token = ask(desk, gstin=RICH).context["step"].pending.token  # type: ignore[attr-defined]
    assert stranger.get(f"/verification/pictures/{token}/").status_code == 404
    values = {"token": token, "gstin": RICH, "answer": queue.latest_answer}
    stranger.post("/verification/answer/", values, **HTMX)  # type: ignore[arg-type]
    assert not GSTCacheEntry.objects.exists()


def test_nobody_asks_for_gstins_of_others(stranger: Client, queue: PortalSimulator) -> None:
    assert ask(stranger, gstin=RICH).status_code == 404
    assert queue.requests == []


def test_viewers_look_on(viewer: Client, queue: PortalSimulator) -> None:
    page = shown(viewer.get("/verification/"))  # type: ignore[arg-type]
    assert RICH in page
    assert "Verify one after the other" not in page
    assert ask(viewer, gstin=RICH).status_code == 403
    assert viewer.post("/verification/answer/").status_code == 403


def test_the_page_says_when_asking_rests_or_is_switched_off(
    desk: Client, queue: PortalSimulator, settings: Settings
) -> None:
    queue.faults.append(Fault.FIREWALL)
    ask(desk, gstin=RICH)
    assert "Asking rests: about 5 min left" in shown(desk.get("/verification/"))  # type: ignore[arg-type]
    settings.GST_PORTAL_URL = ""
    page = shown(desk.get("/verification/"))  # type: ignore[arg-type]
    assert "switched off on this desk" in page
    assert "Verify one after the other" not in page

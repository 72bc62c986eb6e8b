"""Asking the portal as its own page does, over real HTTP."""

import datetime as dt

import pytest
from django.core.cache import cache
from pytest_django import Settings

from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.public_search import PublicSearch, refusal
from invoice_processor.portal.registry import Answered, Challenge
from specimens import make_gstin
from tests.portal_simulator import TRAP, Fault, PortalSimulator

GSTIN = make_gstin("27", "AAPCM4821K")


@pytest.fixture
def known(portal: PortalSimulator) -> PortalSimulator:
    portal.register(
        GSTIN, "Mango Mills Private Limited", tradeNam="NA", cxdt="15/08/2025", sts="Cancelled suo-moto"
    )
    return portal


def answered(portal: PortalSimulator, challenge: Challenge, text: str = "") -> Answered:
    return Answered(text or portal.latest_answer, challenge.cookies)


def code_of(portal: PortalSimulator, *faults: Fault | None) -> Code:
    """The error of a question, with faults from its first request on."""
    challenge = PublicSearch().challenge()
    portal.faults.extend(faults)
    with pytest.raises(PortalError) as caught:
        PublicSearch().record(GSTIN, answered(portal, challenge))
    return caught.value.code


def test_right_answer_gives_the_record(known: PortalSimulator) -> None:
    challenge = PublicSearch().challenge()
    assert challenge.media_type == "image/png"
    record = PublicSearch().record(GSTIN, answered(known, challenge))
    assert record.legal_name == "Mango Mills Private Limited"
    assert record.trade_name == ""
    assert record.status == "Cancelled suo-moto"
    assert (record.registered_on, record.cancelled_on) == (dt.date(2017, 7, 1), dt.date(2025, 8, 15))
    assert record.einvoice_enabled is True
    assert record.address.startswith("12, Trade Tower")


def test_wrong_answer_is_told_apart_and_uses_up_the_picture(known: PortalSimulator) -> None:
    challenge = PublicSearch().challenge()
    right = answered(known, challenge)
    for given in (Answered("000000x", challenge.cookies), right):
        with pytest.raises(PortalError) as caught:
            PublicSearch().record(GSTIN, given)
        assert caught.value.code is Code.WRONG_ANSWER
        assert caught.value.needs_new_picture


def test_what_a_person_typed_is_never_sent_where_a_redirect_points(known: PortalSimulator) -> None:
    assert code_of(known, Fault.MOVED) is Code.DOWN
    assert known.asked(TRAP) == 0


def test_picture_belongs_to_its_session(known: PortalSimulator) -> None:
    first = PublicSearch().challenge()
    answer_of_first = known.latest_answer
    second = PublicSearch().challenge()
    with pytest.raises(PortalError):
        PublicSearch().record(GSTIN, Answered(answer_of_first, second.cookies))
    assert PublicSearch().record(GSTIN, Answered(answer_of_first, first.cookies)).gstin == GSTIN


def test_unknown_gstin_is_an_answer_of_its_own(portal: PortalSimulator) -> None:
    assert code_of(portal) is Code.NO_SUCH_GSTIN


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.FIREWALL, Code.BLOCKED),
        (Fault.TOO_MANY, Code.BLOCKED),
        (Fault.SERVER_ERROR, Code.DOWN),
        (Fault.CUT, Code.DOWN),
        (Fault.HANG, Code.TIMEOUT),
        (Fault.DRIP, Code.TIMEOUT),
        (Fault.LOCKED, Code.LOCKED),
        (Fault.GARBAGE, Code.UNREADABLE),
        (Fault.DEEP, Code.UNREADABLE),
        (Fault.HUGE, Code.UNREADABLE),
        (Fault.SOMEBODY_ELSE, Code.UNREADABLE),
    ],
)
def test_each_trouble_is_told_apart(
    known: PortalSimulator, settings: Settings, fault: Fault, code: Code
) -> None:
    settings.GST_PORTAL_TIMEOUT = 0.3 if fault in {Fault.HANG, Fault.DRIP} else 2.0
    assert code_of(known, fault) is code


def test_dropped_connection_on_the_way_to_a_picture_is_tried_again(portal: PortalSimulator) -> None:
    portal.faults.extend([Fault.CUT, None, Fault.CUT])
    assert PublicSearch().challenge().picture
    portal.faults.extend([Fault.CUT, Fault.CUT])
    with pytest.raises(PortalError) as caught:
        PublicSearch().challenge()
    assert caught.value.code is Code.DOWN


def test_question_is_never_asked_twice_by_itself(known: PortalSimulator) -> None:
    assert code_of(known, Fault.CUT) is Code.DOWN
    assert known.asked("taxpayerDetails") == 1


def test_page_in_place_of_a_picture_is_no_picture(portal: PortalSimulator) -> None:
    portal.faults.extend([None, Fault.NO_PICTURE])
    with pytest.raises(PortalError) as caught:
        PublicSearch().challenge()
    assert caught.value.code is Code.UNREADABLE


def test_after_a_block_nobody_asks_for_a_while(known: PortalSimulator) -> None:
    assert code_of(known, Fault.FIREWALL) is Code.BLOCKED
    asked = len(known.requests)
    with pytest.raises(PortalError) as caught:
        PublicSearch().challenge()
    assert caught.value.code is Code.COOLING_OFF
    assert len(known.requests) == asked
    cache.delete("portal:resting-until")
    assert PublicSearch().challenge().picture


def test_nobody_is_asked_when_it_is_switched_off(settings: Settings, db: None) -> None:
    settings.GST_PORTAL_URL = ""
    with pytest.raises(PortalError) as caught:
        PublicSearch().challenge()
    assert caught.value.code is Code.OFF


def test_code_of_two_meanings_is_told_apart_by_its_words() -> None:
    inner = {"error": {"message": "Invalid GSTIN / UID", "error_cd": "SWEB_9035"}}
    assert refusal(inner) is Code.NO_SUCH_GSTIN
    assert refusal({"errorCode": "SWEB_9035", "message": "Account is Locked"}) is Code.LOCKED
    assert refusal({"errorCode": "SWEB_9035"}) is Code.LOCKED  # accuse nobody without words
    assert refusal({"errorCode": "SWEB_1"}) is Code.UNREADABLE
    assert refusal({"gstin": GSTIN}) is None

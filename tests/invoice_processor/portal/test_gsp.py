"""A GSP's key in place of a person."""

import pytest
from pytest_django import Settings

from invoice_processor.models import Source
from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.gsp import Gsp
from invoice_processor.portal.sources import registry
from specimens import make_gstin
from tests.portal_simulator import KEY, Fault, PortalSimulator

GSTIN = make_gstin("27", "AAPCM4821K")


@pytest.fixture
def provider(portal: PortalSimulator, settings: Settings) -> PortalSimulator:
    settings.GSP_BASE_URL = f"{portal.url}/gsp/"
    settings.GSP_API_KEY = KEY
    portal.register(GSTIN, "Mango Mills Private Limited")
    return portal


def code_of(gstin: str) -> Code:
    with pytest.raises(PortalError) as caught:
        Gsp().record(gstin)
    return caught.value.code


def test_record_comes_without_a_picture(provider: PortalSimulator) -> None:
    source = registry()
    assert source.source is Source.GSP
    assert source.challenge() is None
    assert source.record(GSTIN, None).legal_name == "Mango Mills Private Limited"
    assert registry(by_hand=True).source is Source.PORTAL


def test_troubles_are_told_apart(provider: PortalSimulator, settings: Settings) -> None:
    assert code_of(make_gstin("29", "AAPCM4821K")) is Code.NO_SUCH_GSTIN
    provider.faults.extend([Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.GARBAGE, Fault.SOMEBODY_ELSE])
    assert [code_of(GSTIN) for _ in range(4)] == [
        Code.COOLING_OFF,
        Code.DOWN,
        Code.UNREADABLE,
        Code.UNREADABLE,
    ]
    settings.GSP_API_KEY = "an-old-key"
    assert code_of(GSTIN) is Code.REFUSED


def test_a_key_is_never_sent_where_a_redirect_points(provider: PortalSimulator) -> None:
    provider.faults.append(Fault.MOVED)
    assert code_of(GSTIN) is Code.DOWN
    assert provider.requests == [f"GET /gsp/{GSTIN}"]

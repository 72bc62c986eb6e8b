"""From a GSTIN to its record: what is known first, then the portal with a person, or a GSP without."""

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from invoice_processor.models import Event, GSTCacheEntry, Source, UnattendedLookup, Vendor
from invoice_processor.portal.challenges import Pending
from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.services.unattended import FIRST_WAIT, verify_wanted, wanted
from invoice_processor.services.verification import NotAGstin, answer, remember, start, watch
from tests.invoice_processor.vendors import GSTIN, record
from tests.portal_simulator import KEY, Fault, PortalSimulator
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(portal: PortalSimulator) -> PortalSimulator:
    portal.register(GSTIN, "Mango Mills")
    return portal


def shown(organisation: Organisation, user: User, **how: bool) -> Pending:
    pending = start(organisation, user, GSTIN, **how)
    assert isinstance(pending, Pending)
    return pending


def test_a_person_reads_the_picture_and_the_record_is_kept(
    known: PortalSimulator, organisation: Organisation, user: User
) -> None:
    pending = shown(organisation, user)
    typed = f" {known.latest_answer[:3]} {known.latest_answer[3:]} "
    entry = answer(organisation, user, pending.token, typed)
    assert (entry.legal_name, entry.status, entry.source) == ("Mango Mills", "Active", Source.PORTAL)
    assert start(organisation, user, f" {GSTIN.lower()} ") == entry
    assert known.asked("taxpayerDetails") == 1
    event = Event.objects.get()
    assert (event.actor, event.data["gstin"]) == (user, GSTIN)


def test_a_wrong_answer_needs_a_new_picture(
    known: PortalSimulator, organisation: Organisation, user: User
) -> None:
    pending = shown(organisation, user)
    for code in (Code.WRONG_ANSWER, Code.EXPIRED):  # the second time the picture is gone
        with pytest.raises(PortalError) as caught:
            answer(organisation, user, pending.token, "nonsense")
        assert caught.value.code is code
    assert not GSTCacheEntry.objects.exists()


def test_that_there_is_no_such_gstin_is_worth_keeping(
    portal: PortalSimulator, organisation: Organisation, user: User
) -> None:
    entry = answer(organisation, user, shown(organisation, user).token, portal.latest_answer)
    assert not entry.is_registered
    assert start(organisation, user, GSTIN) == entry


def test_an_old_record_is_asked_for_again_and_any_on_demand(
    known: PortalSimulator, organisation: Organisation, user: User, settings: Settings
) -> None:
    remember(record(), Source.PORTAL)
    assert isinstance(start(organisation, user, GSTIN), GSTCacheEntry)
    assert shown(organisation, user, refresh=True)
    settings.GST_REFRESH_DAYS = 0
    assert shown(organisation, user)


def test_what_a_colleague_has_just_found_out_is_not_asked_again(
    known: PortalSimulator, organisation: Organisation, user: User
) -> None:
    pending = shown(organisation, user)
    entry = remember(record(), Source.PORTAL)
    assert answer(organisation, user, pending.token, "whatever") == entry
    assert known.asked("taxpayerDetails") == 0


def test_what_cannot_be_a_gstin_is_not_asked_for(
    portal: PortalSimulator, organisation: Organisation, user: User
) -> None:
    with pytest.raises(NotAGstin):
        start(organisation, user, GSTIN[:-1] + ("A" if GSTIN[-1] != "A" else "B"))
    with pytest.raises(NotAGstin):
        watch(organisation, "mango")
    assert watch(organisation, GSTIN).gstin == GSTIN
    assert portal.requests == []


def test_with_a_gsp_nobody_reads_a_picture_unless_they_want_to(
    known: PortalSimulator, organisation: Organisation, user: User, settings: Settings
) -> None:
    settings.GSP_BASE_URL, settings.GSP_API_KEY = f"{known.url}/gsp", KEY
    assert shown(organisation, user, by_hand=True)
    entry = start(organisation, user, GSTIN)
    assert isinstance(entry, GSTCacheEntry)
    assert entry.source == Source.GSP


@pytest.fixture
def provider(known: PortalSimulator, settings: Settings, organisation: Organisation) -> PortalSimulator:
    settings.GSP_BASE_URL, settings.GSP_API_KEY = f"{known.url}/gsp", KEY
    vendor = watch(organisation, GSTIN)
    Vendor.objects.filter(pk=vendor.pk).update(unverified_invoices=1)
    return known


def test_what_is_unverified_is_verified_by_itself(provider: PortalSimulator) -> None:
    assert wanted() == [GSTIN]
    verify_wanted()
    assert GSTCacheEntry.objects.get().gstin == GSTIN
    assert wanted() == []
    assert not UnattendedLookup.objects.exists()


def test_after_trouble_it_waits_longer_each_time(provider: PortalSimulator) -> None:
    provider.faults.extend([Fault.SERVER_ERROR] * 2)
    verify_wanted()
    lookup = UnattendedLookup.objects.get()
    assert (lookup.attempts, lookup.error_code) == (1, "down")
    assert timezone.now() < lookup.next_attempt_at <= timezone.now() + FIRST_WAIT
    assert wanted() == []
    UnattendedLookup.objects.update(next_attempt_at=Now())
    verify_wanted()
    lookup.refresh_from_db()
    assert lookup.attempts == 2
    assert lookup.next_attempt_at > timezone.now() + FIRST_WAIT
    UnattendedLookup.objects.update(next_attempt_at=Now())
    verify_wanted()
    assert GSTCacheEntry.objects.exists()


def test_nothing_is_asked_by_itself_without_a_gsp(known: PortalSimulator, organisation: Organisation) -> None:
    vendor = watch(organisation, GSTIN)
    Vendor.objects.filter(pk=vendor.pk).update(unverified_invoices=1)
    verify_wanted()
    assert known.requests == []


@pytest.mark.django_db(transaction=True)
def test_one_question_for_one_gstin_however_many_ask(
    known: PortalSimulator, organisation: Organisation, user: User, settings: Settings
) -> None:
    settings.GSP_BASE_URL, settings.GSP_API_KEY = f"{known.url}/gsp", KEY
    settings.GST_PORTAL_TIMEOUT = 10.0
    entries = at_once(lambda: start(organisation, user, GSTIN), threads=4)
    assert len({entry.pk for entry in entries if isinstance(entry, GSTCacheEntry)}) == 1
    assert len(known.requests) == 1

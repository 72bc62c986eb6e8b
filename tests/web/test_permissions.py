"""Who may do what: every address and method for everybody, as tests/web/permissions.txt decides it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Membership, Organisation, Picture, Role, User
from accounts.services import invitations, tokens
from invoice_processor.models import Batch, Invoice, InvoiceDuplicateLink, InvoiceState, SavedView, Vendor
from tests.conftest import Take
from tests.web.addresses import Address, addresses
from tests.web.conftest import signed_in

PEOPLE = ("visitor", "stranger", *(role.value for role in reversed(Role)))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TABLE = Path(__file__).with_name("permissions.txt")
# A form with errors was let in, too; and who asks whether all is well, and hears that the broker is away.
LET_IN = (200, 202, 204, 301, 302, 303, 400, 409, 410, 422, 503)
ADVICE = (
    "{name} has no line in tests/web/permissions.txt. Decide who may do what there, and add for each method "
    "that it answers: name, method, and what {people} get (in, login, 403, 404). "
    "An address of a record also needs a line in OBJECTS here."
)


@dataclass(frozen=True, slots=True)
class World:
    """Records of one organisation."""

    batch: Batch
    invoice: Invoice
    owner: Membership
    colleague: Membership
    invitation: int
    token: str


Arguments = Callable[[World], dict[str, object]]


def pk(find: Callable[[World], object]) -> Arguments:
    return lambda world: {"pk": find(world)}


def view_of(membership: Membership) -> int:
    user, organisation = membership.user, membership.organisation
    return SavedView.objects.get_or_create(user=user, organisation=organisation, name="At risk")[0].pk


def twins(invoice: Invoice) -> int:
    """A link that says that the invoice looks like another."""
    return InvoiceDuplicateLink.objects.get_or_create(invoice=invoice, original=invoice)[0].pk


def vendor_of(organisation: Organisation) -> str:
    return Vendor.objects.get_or_create(organisation=organisation, gstin="29AAGCB7383J1Z4")[0].gstin


def token_of(membership: Membership) -> int:
    if not membership.api_tokens.exists():
        tokens.create(membership, "script")
    return membership.api_tokens.get().pk


OBJECTS: dict[str, Arguments] = {
    "account_confirm_email": lambda _: {"key": "nobodys-key"},
    "account_reset_password_from_key": lambda _: {"uidb36": "1", "key": "nobodys-key"},
    "web:join": lambda world: {"token": world.token},
    "web:picture": pk(lambda world: world.owner.user_id),
    "web:login-end": pk(lambda _: 1),
    "web:member-change": pk(lambda world: world.colleague.pk),
    "web:member-remove": pk(lambda world: world.colleague.pk),
    "web:invitation-renew": pk(lambda world: world.invitation),
    "web:invitation-withdraw": pk(lambda world: world.invitation),
    "web:vendor": lambda world: {"gstin": vendor_of(world.owner.organisation)},
    "web:verify-picture": lambda _: {"token": "nobodys-token"},
    "web:token-revoke": pk(lambda world: token_of(world.owner)),
    "api:batch": pk(lambda world: world.batch.pk),
    "api:invoice": pk(lambda world: world.invoice.pk),
    "web:view-forget": pk(lambda world: view_of(world.owner)),
    **dict.fromkeys(
        ("web:batch", "web:batch-live", "web:batch-files", "web:batch-close", "web:batch-retry"),
        pk(lambda world: world.batch.pk),
    ),
    **dict.fromkeys(
        (
            *("web:invoice", "web:invoice-live", "web:invoice-retry", "web:document", "web:pages"),
            *("web:correct", "web:correct-lines", "web:restore-version", "web:suggestion"),
            *("web:approve", "web:reject", "web:reopen", "web:assign", "web:comment"),
        ),
        pk(lambda world: world.invoice.pk),
    ),
    **dict.fromkeys(("web:page", "web:page-words"), lambda world: {"pk": world.invoice.pk, "number": 1}),
    **dict.fromkeys(("web:compare", "web:verdict"), pk(lambda world: twins(world.invoice))),
}
"""The record behind each address that names one."""


def decisions() -> dict[tuple[str, str], dict[str, str]]:
    """The table: what each person gets, by name and method."""
    table = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, method, *answers = line.split()
            table[name, method] = dict(zip(PEOPLE, answers, strict=True))
    return table


DECIDED = decisions()


@pytest.fixture
def world(take: Take, organisation: Organisation, user: User) -> World:
    (invoice,) = take("")
    Invoice.objects.filter(pk=invoice.pk).update(state=InvoiceState.FAILED)
    owner = Membership.objects.get(user=user)
    mate = User.objects.create_user("mate@example.in")
    colleague = Membership.objects.create(user=mate, organisation=organisation, role=Role.VIEWER)
    Picture.objects.create(user=user, content=b"a picture")
    invitation, token = invitations.invite(owner, "new@example.in", Role.VIEWER)
    return World(invoice.batch, invoice, owner, colleague, invitation.pk, token)


@pytest.fixture
def person(request: pytest.FixtureRequest, organisation: Organisation, stranger: Client) -> Client:
    """The browser of one of PEOPLE."""
    who: str = request.param
    if who == "visitor":
        return Client()
    if who == "stranger":
        return stranger
    user = User.objects.create_user(f"{who}@example.in", "a-long-passphrase")
    Membership.objects.create(user=user, organisation=organisation, role=who)
    return signed_in(user)


def url(address: Address, world: World) -> str:
    arguments = OBJECTS[address.name](world) if address.name in OBJECTS else {}
    return reverse(address.name, kwargs=arguments)


def answer(client: Client, method: str, where: str) -> str:
    """What somebody gets; whatever it changed is undone."""
    browser = Client()
    browser.cookies.update(client.cookies)
    with transaction.atomic():
        response = browser.generic(method, where) if method != "POST" else browser.post(where)
        if response.streaming:
            list(response)  # to its end, so that it is closed
        transaction.set_rollback(True)
    return described(response)  # type: ignore[arg-type]


def described(response: HttpResponse) -> str:
    if response.status_code == 302 and re.match(r"/login/\?next=", response["Location"]):
        return "login"
    return "in" if response.status_code in LET_IN else str(response.status_code)


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_every_address_has_been_decided(address: Address) -> None:
    methods = [method for method in METHODS if (address.name, method) in DECIDED]
    assert methods, ADVICE.format(name=address.name, people=", ".join(PEOPLE))
    assert not address.wants or address.name in OBJECTS, ADVICE.format(
        name=address.name, people=", ".join(PEOPLE)
    )


def test_the_table_names_no_address_that_is_gone() -> None:
    assert {name for name, _ in DECIDED} <= {address.name for address in addresses()}


@pytest.mark.parametrize("person", PEOPLE, indirect=True, ids=PEOPLE)
def test_everybody_gets_what_was_decided(
    person: Client, world: World, request: pytest.FixtureRequest
) -> None:
    who = request.node.callspec.params["person"]
    wrong = [
        f"{address.name} {method}: {who} gets {got}, not {wanted}"
        for address, method, wanted, got in answers(person, who, world)
        if got != wanted and not (wanted == "405" and got == "login")
    ]
    assert not wrong, "\n".join(wrong)


def answers(person: Client, who: str, world: World) -> Iterator[tuple[Address, str, str, str]]:
    """What is decided and what happens; a method without a line is none of the address's."""
    for address in addresses():
        if address.wants and address.name not in OBJECTS:
            continue  # said above
        for method in METHODS:
            if (address.name, method) not in DECIDED and who not in ("visitor", "owner"):
                continue  # refused to them, whatever the person
            wanted = DECIDED.get((address.name, method), {}).get(who, "405")
            yield address, method, wanted, answer(person, method, url(address, world))


def admin_urls() -> list[str]:
    found = []
    for one in admin.site.get_urls():
        for pattern in getattr(one, "url_patterns", [one]):
            arguments = ["1"] * len(pattern.pattern.regex.groupindex)
            try:
                found.append(reverse(f"admin:{pattern.name}", args=arguments))
            except NoReverseMatch:
                continue
    return found


@pytest.mark.parametrize("person", PEOPLE, indirect=True, ids=PEOPLE)
def test_the_django_admin_is_for_staff_only(person: Client, world: World) -> None:
    doors = {reverse("admin:login"), reverse("admin:logout")}
    for where in set(admin_urls()) - doors:
        for method in ("GET", "POST"):
            response = person.generic(method, where)
            assert response.status_code == 302, where
            assert response["Location"].startswith(("/admin/login/?next=", "/login/?next=")), where
    assert answer(person, "GET", reverse("admin:login")) in ("login", "403")


def posted() -> list[str]:
    """The addresses of pages that take POST; programs send a token instead."""
    return sorted({name for name, method in DECIDED if method == "POST" and not name.startswith("api:")})


@pytest.mark.django_db
def test_no_other_site_can_press_a_button(world: World) -> None:
    """Every POST without our own token is refused, whoever is signed in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.owner.user)
    assert len(posted()) > 40
    for name in posted():
        where = url(next(one for one in addresses() if one.name == name), world)
        assert browser.post(where).status_code == 403, name
    assert Invoice.objects.get().state == InvoiceState.FAILED

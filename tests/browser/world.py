"""A desk with everything on it that a page can show, for axe and for the screenshots."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Route

from accounts.models import Membership, Organisation, Role, User
from accounts.services import invitations, organisations
from gst.invoice import DocumentKind
from gst.invoice import Invoice as Paper
from invoice_processor.models import Batch, Invoice, SavedView, Source
from invoice_processor.pipeline.run import process
from invoice_processor.portal.record import PortalRecord
from invoice_processor.services import batches, decisions, deletion, rejudging
from invoice_processor.services.intake import Accepted, accept, open_batch
from invoice_processor.services.vendors import recount
from invoice_processor.services.verification import remember
from specimens import BUYERS, render_pdf, sample_invoice
from specimens.faults import wrong_total
from tests.browser.pages import PASSWORD, Screen, Who
from tests.browser.papers import take_printed
from tests.conftest import incoming, pdf
from tests.portal_simulator import PortalSimulator


@dataclass(frozen=True, slots=True)
class World:
    """What the addresses of ``SCREENS`` name."""

    batch: int
    batch_under_way: int
    invoice: int
    approved: int
    failed: int
    queued: int
    duplicate: int
    vendor: str
    invitation: str
    password_key: str
    email_key: str

    def address(self, screen: Screen) -> str:
        return screen.address.format(**asdict(self))


def build(portal: PortalSimulator, before: Callable[[Membership], object] = lambda seat: None) -> World:
    """Fill an empty database; ``before`` can let more have come earlier."""
    owner = organisations.set_up(
        organisation_name="Banyan Textiles",
        email="asha@example.in",
        password=PASSWORD,
        full_name="Asha Iyer",
        gstins=[buyer.gstin or "" for buyer in BUYERS],
    )
    seat = Membership.objects.select_related("organisation", "user").get(user=owner)
    people(seat.organisation)
    before(seat)
    batch = open_batch(seat.organisation, owner, "October bills", 12)
    invoices = [take_printed(batch, paper) for paper in papers()]
    failed = unread(batch, pdf("refuse"))
    process(failed.pk)
    batches.close(batch)
    verify_some(invoices, portal)
    decide_some(invoices, seat)
    later = open_batch(seat.organisation, owner, "November bills", 3)
    queued = [unread(later, render_pdf(sample_invoice(seed))) for seed in range(41, 44)]
    batches.close(later)
    SavedView.objects.create(
        user=owner, organisation=seat.organisation, name="At risk", query="health=AT_RISK"
    )
    new_address = EmailAddress.objects.create(user=owner, email="asha@example.com")
    _, invitation = invitations.invite(seat, "meera@example.in", Role.ACCOUNTANT)
    return World(
        batch=batch.pk,
        batch_under_way=later.pk,
        invoice=misread(invoices).pk,
        approved=invoices[0].pk,
        failed=failed.pk,
        queued=queued[0].pk,
        duplicate=invoices[-1].duplicate_of.get().pk,
        vendor=invoices[0].vendor_gstin,
        invitation=invitation,
        password_key=f"{user_pk_to_url_str(owner)}-{default_token_generator.make_token(owner)}",
        email_key=EmailConfirmationHMAC(new_address).key,
    )


EMAILS = {
    Who.OWNER: "asha@example.in",
    Who.VIEWER: "ravi@example.in",
    Who.LEAVING: "kiran@example.in",
    Who.NEWCOMER: "divya@example.in",
    Who.LONELY: "farah@example.in",
    Who.STAFF: "support@example.in",
}
"""Who of ``Who`` has an account."""


def people(organisation: Organisation) -> None:
    """Everybody but the owner."""
    create = partial(User.objects.create_user, password=PASSWORD)
    for who, name, role in (
        (Who.VIEWER, "Ravi Menon", Role.VIEWER),
        (Who.LEAVING, "Kiran Rao", Role.ACCOUNTANT),
    ):
        user = create(EMAILS[who], first_name=name)
        Membership.objects.create(user=user, organisation=organisation, role=role)
    organisations.found(create(EMAILS[Who.NEWCOMER], first_name="Divya Shah"), "Mango Exports")
    create(EMAILS[Who.LONELY], first_name="Farah Khan")
    User.objects.create_superuser(EMAILS[Who.STAFF], PASSWORD, first_name="Support")


def papers() -> list[Paper]:
    """Ten papers: one does not add up, one is a credit note, and the last repeats the first."""
    first = sample_invoice(11, inter_state=False, e_invoice=False, line_count=2)
    plain = [sample_invoice(seed) for seed in range(21, 27)]
    wrong = wrong_total(sample_invoice(12, inter_state=False, e_invoice=False, line_count=3))
    note = sample_invoice(31, kind=DocumentKind.CREDIT_NOTE)
    again = replace(first, buyer=replace(first.buyer or BUYERS[0], address="A newer address"))
    return [first, *plain, wrong, note, again]


def misread(invoices: list[Invoice]) -> Invoice:
    """The one that does not add up."""
    return invoices[7]


def unread(batch: Batch, content: bytes) -> Invoice:
    (result,) = accept(batch, [incoming(f"scan-{Invoice.objects.count() + 1}.pdf", content)])
    assert isinstance(result, Accepted)
    return result.invoice


def verify_some(invoices: list[Invoice], portal: PortalSimulator) -> None:
    """Two vendors are active, one is cancelled, the portal would tell of the others when asked."""
    statuses = dict(zip((invoices[0], *invoices[2:4]), ("Active", "Active", "Cancelled"), strict=True))
    for invoice in invoices:
        portal.register(invoice.vendor_gstin, invoice.vendor_name)
    for invoice, status in statuses.items():
        record = PortalRecord(
            gstin=invoice.vendor_gstin,
            legal_name=invoice.vendor_name,
            status=status,
            taxpayer_type="Regular",
            constitution="Private Limited Company",
            address="12, Trade Tower, MG Road, Pune, Maharashtra, 411001",
            registered_on=timezone.localdate().replace(year=2017),
            cancelled_on=timezone.localdate() if status == "Cancelled" else None,
        )
        remember(record, Source.PORTAL)
    while rejudging.rejudge_outdated():
        pass
    recount()


def decide_some(invoices: list[Invoice], owner: Membership) -> None:
    """One is approved, one rejected, one deleted; one is talked about."""
    for invoice in invoices:
        invoice.refresh_from_db()
    decisions.approve(invoices[0], owner)
    decisions.reject(invoices[1], owner, "Not our order")
    deletion.delete(invoices[4], owner.user, timezone.now())
    decisions.comment(misread(invoices), owner, "Called the vendor: they send a new one.")
    decisions.assign(misread(invoices), owner, owner)


def sign_in(context: BrowserContext, user: User, base: str) -> None:
    """Let a browser be logged in."""
    client = Client()
    client.force_login(user)
    cookies: Mapping[str, str] = {name: morsel.value for name, morsel in client.cookies.items()}
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])


def serve_error_pages(context: BrowserContext) -> None:
    """Let ``/error/<name>/`` show a template that no honest request brings up."""

    def answer(route: Route) -> None:
        name = route.request.url.rstrip("/").rsplit("/", 1)[-1]
        route.fulfill(content_type="text/html", body=render_to_string(f"{name}.html", {"most_mb": 501}))

    context.route("**/error/*/", answer)

"""A person's own data, to take along."""

import json
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import Picture, User
from accounts.personal_data import personal_data
from invoice_processor.models import Batch, Event
from invoice_processor.services.outgoing import PIECE, Outgoing
from invoice_processor.services.spreadsheets import Row, csv_lines

SENT_IN = ("sent_in", "organisation", "batch")
DONE = ("at", "organisation", "action", "invoice")
VIEWS = ("organisation", "name", "query")
NOTICES = ("at", "organisation", "notice", "text")

README = """Everything that this desk keeps about you.

profile.json   name, address, memberships, notices, logins, API tokens (without the tokens), invitations
picture.jpg    your picture, if there is one
batches.csv    what you sent in
actions.csv    what you did to which invoice
views.csv      the lists that you saved
notices.csv    what you were told

The invoices themselves belong to the organisations: export them from the lists.
"""


def archive(user: User) -> Iterator[bytes]:
    """A ZIP of all that is kept about a person, piece by piece."""
    out = Outgoing()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in parts(user):
            with file.open(name, "w") as part:
                for piece in content:
                    part.write(piece)
                    if out.waiting > PIECE:
                        yield out.take()
    yield out.take()


def parts(user: User) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files by their names."""
    yield "README.txt", [README.encode()]
    profile = json.dumps(personal_data(user), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    yield "profile.json", [profile.encode()]
    for picture in Picture.objects.filter(user=user):
        yield "picture.jpg", [bytes(picture.content)]
    yield "batches.csv", table(SENT_IN, batches_of(user))
    yield "actions.csv", table(DONE, actions_of(user))
    yield "views.csv", table(VIEWS, user.saved_views.values_list("organisation__name", "name", "query"))
    yield "notices.csv", table(NOTICES, notices_of(user))


def batches_of(user: User) -> Iterator[Row]:
    """What a person sent in."""
    batches = Batch.objects.filter(created_by=user).order_by("id")
    for moment, *rest in batches.values_list("created_at", "organisation__name", "name").iterator():
        yield (moment.isoformat(), *rest)


def actions_of(user: User) -> Iterator[Row]:
    """What a person did; which values they changed stays with the invoice."""
    events = Event.objects.filter(actor=user).select_related("organisation", "invoice").order_by("id")
    for event in events.iterator():
        invoice = str(event.invoice or event.invoice_id or "")  # which may be gone
        yield event.created_at.isoformat(), event.organisation.name, event.action, invoice


def notices_of(user: User) -> Iterator[Row]:
    """What a person was told."""
    told = user.notifications.select_related("organisation", "invoice", "batch").order_by("id")
    for notice in told.iterator():
        yield notice.created_at.isoformat(), notice.organisation.name, str(notice), notice.text


def table(heading: tuple[str, ...], rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as CSV; what a spreadsheet would take for a formula is text."""
    return (piece.encode() for piece in csv_lines(heading, rows))

"""A person's own data, to take along."""

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import Picture, User
from accounts.personal_data import personal_data
from invoice_processor.models import Batch, Event
from invoice_processor.services.spreadsheets import csv_lines

SENT_IN = ("sent_in", "organisation", "batch")
DONE = ("at", "organisation", "action", "invoice")

README = """Everything that this desk keeps about you.

profile.json   name, address, memberships, notices, logins, API tokens (without the tokens), invitations
picture.jpg    your picture, if there is one
batches.csv    what you sent in
actions.csv    what you did to which invoice

The invoices themselves belong to the organisations: export them from the lists.
"""


def archive(user: User) -> bytes:
    """A ZIP of all that is kept about a person."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", README)
        profile = json.dumps(personal_data(user), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        file.writestr("profile.json", profile)
        for picture in Picture.objects.filter(user=user):
            file.writestr("picture.jpg", bytes(picture.content))
        file.writestr("batches.csv", "".join(csv_lines(SENT_IN, batches_of(user))))
        file.writestr("actions.csv", "".join(csv_lines(DONE, actions_of(user))))
    return out.getvalue()


def batches_of(user: User) -> list[list[str]]:
    """What a person sent in."""
    batches = Batch.objects.filter(created_by=user).select_related("organisation").order_by("id")
    return [
        [batch.created_at.isoformat(), batch.organisation.name, batch.name] for batch in batches.iterator()
    ]


def actions_of(user: User) -> list[list[str]]:
    """What a person did; which values they changed stays with the invoice."""
    events = Event.objects.filter(actor=user).select_related("organisation", "invoice").order_by("id")
    return [
        [
            event.created_at.isoformat(),
            event.organisation.name,
            event.action,
            str(event.invoice or event.invoice_id or ""),
        ]
        for event in events.iterator()
    ]

"""The bell, toasts and the list of notices."""

import re

from django.test import Client

from accounts.models import Membership, Organisation, User
from invoice_processor.models import Batch, Notification
from invoice_processor.pipeline.run import process
from invoice_processor.services import batches
from invoice_processor.services.intake import open_batch
from tests.conftest import Take


def finish(take: Take, batch: Batch) -> None:
    good, bad = take("", "refuse")
    batches.close(batch)
    process(good.pk)
    process(bad.pk)


def poll_address(content: bytes) -> str:
    found = re.search(rb'hx-get="(/notices/bell/\?start=\d+)"', content)
    assert found
    return found[1].decode()


def test_finished_batch_pops_up_once(desk: Client, take: Take, batch: Batch) -> None:
    address = poll_address(desk.get("/status/").content)
    assert b"Finished: " not in desk.get(address).content
    finish(take, batch)
    answer = desk.get(address)
    assert b"Finished: November" in answer.content
    assert b"1 failed" in answer.content
    assert b"Notices, 1 unread" in answer.content
    assert b"Finished: " not in desk.get(poll_address(answer.content)).content


def test_list_shows_the_summary(desk: Client, take: Take, batch: Batch) -> None:
    assert b"Nothing to tell yet" in desk.get("/notices/").content
    finish(take, batch)
    content = " ".join(desk.get("/notices/").content.decode().split())
    assert "Finished: November" in content
    assert "1 failed" in content
    assert f'href="/batches/{batch.pk}/"' in content


def test_seeing_the_batch_reads_its_notice(desk: Client, take: Take, batch: Batch) -> None:
    finish(take, batch)
    desk.get(f"/batches/{batch.pk}/")
    assert Notification.objects.get().read_at


def test_all_notices_are_read_at_once(desk: Client, take: Take, batch: Batch) -> None:
    finish(take, batch)
    desk.post("/notices/read/")
    assert Notification.objects.get().read_at
    assert b"Notices, 0 unread" in desk.get("/notices/").content


def test_notices_of_others_are_untouched(desk: Client, organisation: Organisation) -> None:
    other = User.objects.create_user("other@example.in", "a-long-passphrase")
    Membership.objects.create(user=other, organisation=organisation)
    batches.close(open_batch(organisation, other, "Theirs", 1))
    assert b"Theirs" not in desk.get("/notices/").content
    desk.post("/notices/read/")
    assert Notification.objects.get().read_at is None

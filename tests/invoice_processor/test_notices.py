"""Each is told as they want it, and by mail once."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.models import Membership, Notice, User
from accounts.selectors import Wish, wishes_of
from accounts.services.notices import set_wishes
from invoice_processor.models import Batch, Notification
from invoice_processor.services import batches, notices
from tests.conftest import Take

WAYS = [
    (Wish(in_desk=True, by_mail=False), (True, False)),
    (Wish(in_desk=False, by_mail=True), (False, True)),
    (Wish(in_desk=False, by_mail=False), None),
]


def choose(user: User, notice: Notice, wish: Wish) -> None:
    membership = Membership.objects.get(user=user)
    set_wishes(membership, wishes_of(membership) | {notice: wish})


@pytest.mark.parametrize(("wish", "expected"), WAYS)
def test_a_finished_batch_is_told_as_wanted(
    batch: Batch, user: User, wish: Wish, expected: tuple[bool, bool] | None
) -> None:
    choose(user, Notice.BATCH_FINISHED, wish)
    batches.close(batch)
    assert Notification.objects.values_list("in_desk", "mail_due").first() == expected


@pytest.mark.parametrize(("wish", "expected"), WAYS)
def test_an_assigned_invoice_is_told_as_wanted(
    take: Take, user: User, wish: Wish, expected: tuple[bool, bool] | None
) -> None:
    (invoice,) = take("")
    choose(user, Notice.ASSIGNED, wish)
    invoice.assigned_to = user
    notices.tell_assigned(invoice, by=User.objects.create_user("boss@example.in"))
    assert Notification.objects.values_list("in_desk", "mail_due").first() == expected


def test_who_takes_an_invoice_is_not_told_so(take: Take, user: User) -> None:
    (invoice,) = take("")
    invoice.assigned_to = user
    notices.tell_assigned(invoice, by=user)
    assert not Notification.objects.exists()


def test_who_has_left_is_told_nothing(batch: Batch, user: User) -> None:
    Membership.objects.filter(user=user).delete()
    batches.close(batch)
    assert not Notification.objects.exists()


def test_a_mail_says_what_became_of_the_batch_and_goes_out_once(batch: Batch, user: User) -> None:
    choose(user, Notice.BATCH_FINISHED, Wish(by_mail=True))
    batches.close(batch)
    assert (notices.send_due_mails(), notices.send_due_mails()) == (1, 0)
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([user.email], "Finished: November")
    assert f"/batches/{batch.pk}/" in message.body


def test_a_mail_waits_for_the_mail_server(batch: Batch, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(user, Notice.BATCH_FINISHED, Wish(by_mail=True))
    batches.close(batch)
    with monkeypatch.context() as away:

        def refuse(*_: object) -> int:
            raise ConnectionRefusedError

        away.setattr(EmailBackend, "send_messages", refuse)
        assert notices.send_due_mails() == 0
    assert notices.send_due_mails() == 1


def test_a_mail_that_waited_for_days_is_dropped(batch: Batch, user: User) -> None:
    choose(user, Notice.BATCH_FINISHED, Wish(by_mail=True))
    batches.close(batch)
    Notification.objects.update(created_at=timezone.now() - notices.STALE)
    assert notices.send_due_mails() == 0
    assert not Notification.objects.filter(mail_due=True).exists()

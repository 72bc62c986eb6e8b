"""What members want to be told."""

from django.db import transaction

from accounts.models import Membership, Notice, NoticeChoice
from accounts.selectors import Wish


@transaction.atomic
def set_wishes(membership: Membership, wishes: dict[Notice, Wish]) -> None:
    """Remember how a member wants to be told of what."""
    for notice, wish in wishes.items():
        NoticeChoice.objects.update_or_create(
            membership=membership,
            notice=notice,
            defaults={"in_desk": wish.in_desk, "by_mail": wish.by_mail},
        )

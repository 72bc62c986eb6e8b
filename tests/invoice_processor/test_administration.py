"""Who gave whom which right, and who changed which rule, is on record."""

from decimal import Decimal

import pytest

from accounts.models import Membership, Organisation, Role, User
from accounts.services.members import LastOwner
from invoice_processor.models import Event
from invoice_processor.services import administration

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(user: User, organisation: Organisation) -> Membership:
    return Membership.objects.get(user=user, organisation=organisation)


def trail() -> list[tuple[User | None, str]]:
    return [(event.actor, event.action) for event in Event.objects.all()]


def test_from_the_invitation_to_the_farewell(owner: Membership) -> None:
    invitation, _ = administration.invite(owner, "ravi@example.in", Role.VIEWER)
    ravi = administration.register(invitation, full_name="Ravi Menon", password="mango-lantern-42")
    assert (str(ravi), ravi.check_password("mango-lantern-42")) == ("Ravi Menon", True)
    seat = Membership.objects.get(user=ravi)
    administration.change_member(owner, seat, role=Role.ACCOUNTANT, approval_limit=Decimal(50000))
    administration.remove_member(owner, seat)
    asha = owner.user
    assert trail() == [
        (asha, "member.invited"),
        (ravi, "member.joined"),
        (asha, "member.changed"),
        (asha, "member.removed"),
    ]
    assert Event.objects.get(action="member.changed").data == {
        "member": ravi.pk,
        "before": {"role": "viewer", "approval_limit": None},
        "after": {"role": "accountant", "approval_limit": "50000.00"},
    }
    assert "ravi@example.in" not in str(list(Event.objects.values_list("data", flat=True)))


def test_tokens_are_on_record_and_never_their_secret(owner: Membership) -> None:
    text = administration.create_token(owner, "accounting")
    administration.revoke_token(owner, owner.api_tokens.get())
    asha = owner.user
    assert trail() == [(asha, "token.created"), (asha, "token.revoked")]
    assert list(Event.objects.values_list("data", flat=True)) == [{"token": text[:8]}] * 2


def test_rules_are_on_record_with_before_and_after(owner: Membership) -> None:
    administration.rename(owner, "Banyan Mills")
    administration.set_gstins(owner, ["29AAGCB7383J1Z4"])
    administration.set_approval(owner, uploader_may_approve=False, accountant_limit=Decimal(50000))
    administration.set_retention(owner, 8)
    assert [(event.action, event.data) for event in Event.objects.all()] == [
        ("organisation.renamed", {"before": "Banyan Textiles", "after": "Banyan Mills"}),
        ("organisation.gstins_changed", {"before": [], "after": ["29AAGCB7383J1Z4"]}),
        (
            "approval.rule_changed",
            {
                "before": {"uploader_may_approve": True, "admin_limit": None, "accountant_limit": None},
                "after": {"uploader_may_approve": False, "admin_limit": None, "accountant_limit": "50000.00"},
            },
        ),
        ("retention.rule_changed", {"before": None, "after": 8}),
    ]


def test_what_changes_nothing_and_what_is_refused_leave_no_trace(owner: Membership) -> None:
    administration.rename(owner, owner.organisation.name)
    administration.set_gstins(owner, [])
    administration.set_approval(owner, uploader_may_approve=True)
    administration.set_retention(owner, None)
    administration.change_member(owner, owner, role=Role.OWNER, approval_limit=None)
    with pytest.raises(LastOwner):
        administration.remove_member(owner, owner)
    assert trail() == []


def test_an_invitation_taken_back_is_on_record_once(owner: Membership) -> None:
    invitation, _ = administration.invite(owner, "ravi@example.in", Role.VIEWER)
    administration.withdraw(owner, invitation)
    administration.withdraw(owner, invitation)
    assert [action for _, action in trail()] == ["member.invited", "invitation.withdrawn"]

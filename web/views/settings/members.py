"""The members of the organisation, and those invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from accounts.selectors import members_of
from accounts.services import invitations
from accounts.services import members as service
from invoice_processor.services import administration
from web.desk import DeskRequest, may, member
from web.invitation_mail import send
from web.settings_forms import InvitationForm, MemberForm, roles_for

LAST_OWNER = "An organisation needs an owner: make somebody else an owner first."


@require_safe
@member
def members(request: DeskRequest) -> HttpResponse:
    """Everybody, with what they may do."""
    rows = [(one, service.may_change(request.membership, one)) for one in members_of(request.organisation)]
    context = {
        "rows": rows,
        "form": InvitationForm(request.membership),
        "roles": [(role, label.split(":")[0]) for role, label in roles_for(request.membership)],
        "invitations": invitations.pending_of(request.organisation),
        "link": request.session.pop("invitation_link", None),
    }
    response = render(request, "web/settings/members.html", context)
    response.headers["Cache-Control"] = "no-store"  # the link of an invitation is shown once
    return response


@require_POST
@may(Permission.ADMINISTER)
def invite(request: DeskRequest) -> HttpResponse:
    """Invite somebody."""
    form = InvitationForm(request.membership, request.POST)
    if not form.is_valid():
        messages.error(request, "Nobody was invited: give an e-mail address and a role.")
        return redirect("web:settings-members")
    try:
        invitation, token = administration.invite(request.membership, **form.cleaned_data)
    except invitations.AlreadyMember:
        messages.error(request, f"{form.cleaned_data['email']} is a member already.")
        return redirect("web:settings-members")
    hand_out(request, invitation.email, token)
    return redirect("web:settings-members")


@require_POST
@may(Permission.ADMINISTER)
def renew(request: DeskRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link and term."""
    invitation = get_object_or_404(invitations.pending_of(request.organisation), pk=pk)
    _, token = administration.invite(request.membership, invitation.email, invitation.role)
    hand_out(request, invitation.email, token)
    return redirect("web:settings-members")


def hand_out(request: DeskRequest, email: str, token: str) -> None:
    """Mail the link, and show it once to the person who invites."""
    link = request.build_absolute_uri(reverse("web:join", args=[token]))
    request.session["invitation_link"] = {"email": email, "link": link, "mailed": send(request, email, link)}


@require_POST
@may(Permission.ADMINISTER)
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(invitations.pending_of(request.organisation), pk=pk)
    administration.withdraw(request.membership, invitation)
    messages.success(request, f"The invitation of {invitation.email} is taken back.")
    return redirect("web:settings-members")


@require_POST
@may(Permission.ADMINISTER)
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Give a member another role or limit."""
    membership = get_object_or_404(request.organisation.memberships, pk=pk)
    form = MemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Not changed: choose a role, and give the limit as an amount in rupees.")
        return redirect("web:settings-members")
    try:
        administration.change_member(request.membership, membership, **form.cleaned_data)
        messages.success(request, f"{membership.user} is changed.")
    except service.LastOwner:
        messages.error(request, LAST_OWNER)
    return redirect("web:settings-members")


@require_POST
@member
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a member out; everybody may leave by themselves."""
    membership = get_object_or_404(request.organisation.memberships, pk=pk)
    try:
        administration.remove_member(request.membership, membership)
        messages.success(request, f"{membership.user} is no longer a member of {request.organisation}.")
    except service.LastOwner:
        messages.error(request, LAST_OWNER)
    return redirect("web:settings-members")

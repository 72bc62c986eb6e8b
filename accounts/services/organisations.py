"""The first user, new organisations, and what an organisation says of itself."""

from collections.abc import Iterable

from django.db import connection, transaction

from accounts.models import Membership, Organisation, OrganisationGstin, Role, User


class AlreadySetUp(Exception):
    """The first user exists; later ones are invited."""


class NameTaken(Exception):
    """Another organisation has this name."""


def set_up(
    *, organisation_name: str, email: str, password: str, full_name: str = "", gstins: Iterable[str] = ()
) -> User:
    """Create the first user, with their organisation, as its owner.

    Raises:
        AlreadySetUp: somebody was faster.
    """
    with transaction.atomic():
        lock_users()
        if is_set_up():
            raise AlreadySetUp
        user = User.objects.create_superuser(email, password, first_name=full_name)
        found(user, organisation_name, gstins)
    return user


def lock_users() -> None:
    """Let nobody else become the first user meanwhile; on SQLite a transaction is alone by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE accounts_user IN SHARE ROW EXCLUSIVE MODE")


def is_set_up() -> bool:
    """Whether the first user exists."""
    return User.objects.exists()


@transaction.atomic
def found(owner: User, name: str, gstins: Iterable[str] = ()) -> Organisation:
    """Create an organisation with its first owner.

    Raises:
        NameTaken: see there.
    """
    if is_taken(name):
        raise NameTaken
    organisation = Organisation.objects.create(name=name.strip())
    Membership.objects.create(user=owner, organisation=organisation, role=Role.OWNER)
    set_gstins(organisation, gstins)
    return organisation


def rename(organisation: Organisation, name: str) -> None:
    """Give an organisation another name.

    Raises:
        NameTaken: see there.
    """
    if is_taken(name, but=organisation):
        raise NameTaken
    organisation.name = name.strip()
    organisation.save(update_fields=["name"])


def is_taken(name: str, but: Organisation | None = None) -> bool:
    """Whether an organisation has this name, in any case."""
    others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
    return others.filter(name__iexact=name.strip()).exists()


@transaction.atomic
def set_gstins(organisation: Organisation, gstins: Iterable[str]) -> bool:
    """Make these the organisation's own registrations; returns whether anything changed."""
    wanted = set(gstins)
    present = set(organisation.gstins.values_list("gstin", flat=True))
    organisation.gstins.exclude(gstin__in=wanted).delete()
    OrganisationGstin.objects.bulk_create(
        OrganisationGstin(organisation=organisation, gstin=gstin) for gstin in sorted(wanted - present)
    )
    return wanted != present

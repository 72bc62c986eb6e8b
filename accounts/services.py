"""Changes to people and organisations."""

from django.db import connection, transaction

from accounts.models import Membership, Organisation, Role, User


class AlreadySetUp(Exception):
    """The first user exists; later ones are invited."""


def set_up(*, organisation_name: str, email: str, password: str, full_name: str = "") -> User:
    """Create the first user, with their organisation, as its owner.

    Raises:
        AlreadySetUp: somebody was faster.
    """
    with transaction.atomic():
        lock_users()
        if is_set_up():
            raise AlreadySetUp
        user = User.objects.create_superuser(email, password, first_name=full_name)
        organisation = Organisation.objects.create(name=organisation_name.strip())
        Membership.objects.create(user=user, organisation=organisation, role=Role.OWNER)
    return user


def lock_users() -> None:
    """Let nobody else become the first user meanwhile; on SQLite a transaction is alone by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE accounts_user IN SHARE ROW EXCLUSIVE MODE")


def is_set_up() -> bool:
    """Whether the first user exists."""
    return User.objects.exists()

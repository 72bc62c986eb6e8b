"""What all tests share."""

import io
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django import DjangoDbBlocker

from accounts.models import Membership, Organisation, Role, User
from invoice_processor import append_only
from invoice_processor.models import Batch, Invoice
from invoice_processor.services.intake import Accepted, Incoming, accept, open_batch

Take = Callable[..., list[Invoice]]


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are hashed slowly on purpose; one round is a valid hash for every process all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def trail_ends_with_each_test() -> Iterator[None]:
    """The database keeps its audit trail even from Django's flush, which empties it between two tests."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def emptied(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        on = " ON {table}" if operations.connection.vendor == "postgresql" else ""
        open_up = [
            f"DROP TRIGGER IF EXISTS {table}_kept_on_{event}{on.format(table=table)}"
            for table in append_only.TABLES
            for event in ("update", "delete", "insert", "truncate")
        ]
        empty(operations, [*open_up, *statements])  # what follows a flush installs them again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """PostgreSQL drops no database while a thread of some test still keeps its connection: throw it out."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Banyan Textiles")


@pytest.fixture
def user(organisation: Organisation) -> User:
    user = User.objects.create_user("asha@example.in", "a-long-passphrase")
    Membership.objects.create(user=user, organisation=organisation, role=Role.OWNER)
    return user


@pytest.fixture
def batch(organisation: Organisation, user: User) -> Batch:
    return open_batch(organisation, user, "November", expected_files=3)


def pdf(script: str = "", nonce: str = "") -> bytes:
    """A file that starts like a PDF; ``script`` tells tests.readers.ScriptedReader what to do."""
    return f"%PDF-1.7\n{script}\n{nonce}".encode()


def incoming(name: str, content: bytes) -> Incoming:
    return Incoming(name, io.BytesIO(content))


@pytest.fixture
def take(batch: Batch) -> Take:
    """Take in one PDF for each script, and return the invoices."""

    def take_in(*scripts: str) -> list[Invoice]:
        files = [incoming(f"{n}.pdf", pdf(script, str(n))) for n, script in enumerate(scripts)]
        return [result.invoice for result in accept(batch, files) if isinstance(result, Accepted)]

    return take_in

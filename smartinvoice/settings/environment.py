"""Readers of the environment: pure, so that each can be tested."""

import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

MAX_SOCKET_PATH = 100  # bytes; the kernel's limit is 107
SWITCHES = frozenset({"true", "on", "yes", "y", "ok", "1", "false", "off", "no", "n", "0"})
KINDS: dict[object, str] = {int: "a whole number", float: "a number", bool: "true or false"}


class Env(environ.Env):  # type: ignore[misc] # it has no types
    """The environment; a variable that makes no sense is told by its name.

    A number or switch that is left empty counts as not given.
    """

    def get_value(
        self,
        var: str,
        cast: object = None,
        default: object = environ.Env.NOTSET,
        parse_default: bool = False,
    ) -> Any:  # noqa: ANN401 - whatever is asked for
        """What a variable says. Raises ImproperlyConfigured."""
        if cast not in KINDS or var not in self.ENVIRON:
            return super().get_value(var, cast, default, parse_default)
        text = self.ENVIRON[var].strip()
        if not text and default is not self.NOTSET:
            return default
        try:
            value = super().get_value(var, cast, default, parse_default)
        except ValueError:
            value = None
        if value is None or (cast is bool and text.lower() not in SWITCHES):
            raise ImproperlyConfigured(f"{var}: “{text}” is not {KINDS[cast]}.")
        return value

    def database(self, var: str) -> dict[str, Any]:
        """The database at an address. Raises ImproperlyConfigured."""
        found: dict[str, Any] = {}
        if self.str(var).partition("://")[0] in self.DB_SCHEMES:  # else a warning shows all of it
            with suppress(ValueError):
                found = self.db_url(var)
        if not found.get("NAME"):
            raise ImproperlyConfigured(f"{var} is not like postgres://USER:PASSWORD@HOST:5432/NAME.")
        return found

    def zone(self, var: str, default: str) -> str:
        """A time zone's name. Raises ImproperlyConfigured."""
        name: str = self.str(var, default)
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ImproperlyConfigured(f"{var}: “{name}” is no time zone; one is Asia/Kolkata.") from error
        return name

    def one_of(self, var: str, default: str, choices: tuple[str, ...]) -> str:
        """A choice, in capitals. Raises ImproperlyConfigured."""
        text: str = self.str(var, default).upper()
        if text not in choices:
            raise ImproperlyConfigured(f"{var}: “{text}” is none of {', '.join(choices)}.")
        return text


env = Env()


def secret(environ: dict[str, str], name: str) -> str | None:
    """A secret from NAME, or from the file that NAME_FILE names.

    Raises:
        ImproperlyConfigured: the file cannot be read.
    """
    if path := environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
    return environ.get(name) or None


def kept_secret(path: Path) -> str:
    """The secret in a file; made there, readable by its owner only, when the file is not there yet.

    Raises:
        ImproperlyConfigured: the folder cannot be written.
    """
    try:
        if not path.exists():
            make_secret(path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot write to {path.parent} ({error.strerror}): make it yours, or choose another folder with "
            "SMARTINVOICE_DATA_DIR=/path"
        ) from error


def make_secret(path: Path) -> None:
    """Write a fresh secret, whole at once; if another process was faster, its secret counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # for its owner only
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(fresh, path)  # fails where the path exists
    except FileExistsError:
        pass
    finally:
        Path(fresh).unlink()


def broker_socket(data_dir: Path) -> Path:
    """Where the bundled broker listens: in the data folder, or nearby where the path would be too long."""
    path = data_dir / "run" / "broker.sock"
    if len(os.fsencode(path)) <= MAX_SOCKET_PATH:
        return path
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")  # noqa: S108 - the socket is in a 0700 folder
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    owner = os.getuid() if os.name == "posix" else 0
    return runtime / f"smartinvoice-{owner}-{digest}" / "broker.sock"


def socket_url(path: Path) -> str:
    """The URL of a Redis-protocol server on a Unix socket."""
    return f"redis+socket://{quote(str(path))}"

"""Whether what the desk stands on is there: database, broker, storage, room on the disk."""

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.utils.url import maybe_sanitize_url

from invoice_processor.models.document import document_storage
from invoice_processor.storage import DurableFileSystemStorage

PATIENCE = {"socket_connect_timeout": 3, "socket_timeout": 3}  # seconds; the workers' own is longer
SCARCE = 2 * 2**30  # bytes; below this the disk is a warning
OCR_LIBRARIES = ("onnxruntime", "rapidocr", "cv2", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that must be there; ``problem`` says what is wrong and what to do, empty when nothing is."""

    name: str
    title: str
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is there."""
        return not self.problem


def essentials() -> list[Probe]:
    """What the desk cannot do without."""
    return [
        Probe("database", "Database", problem_of(database)),
        Probe("broker", "Broker", problem_of(broker)),
        Probe("storage", "Storage of documents", problem_of(storage)),
    ]


def machine() -> list[Probe]:
    """What this machine should have besides."""
    return [
        Probe("disk", f"Disk: {disk_free() / 2**30:,.1f} GB free", problem_of(disk)),
        Probe("ocr", "OCR engine", problem_of(ocr)),
    ]


def problem_of(probe: Callable[[], str]) -> str:
    """What a probe complains of; one that breaks complains by its error."""
    try:
        return probe()
    except Exception as error:  # noqa: BLE001 - a storage elsewhere has errors of its own
        return f"It does not answer ({type(error).__name__}): see the logs."


def database() -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return "" if cursor.fetchone() == (1,) else "It answers nonsense."


def broker() -> str:
    """The broker takes connections; without it files are still taken in, and wait."""
    connect(current_app.conf.broker_url)
    return ""


def connect(url: str) -> None:
    """A Redis-protocol server takes connections. Raises what kombu does."""
    options = current_app.conf.broker_transport_options | PATIENCE
    with Connection(url, transport_options=options) as server:
        server.ensure_connection(max_retries=1, interval_start=0, timeout=3)


def unreachable(part: str, url: str, setting: str) -> str:
    """Why the Redis-protocol server of a setting cannot be reached, and what to do; empty when it can."""
    try:
        address = maybe_sanitize_url(url)
        connect(url)
    except (KeyError, ValueError):  # kombu does not understand it; what it says may quote a password
        return (
            f"{setting} is no address of a {part}. It looks like redis://:PASSWORD@HOST:6379/0, with "
            "%2F, %3A and %40 for /, : and @ in the password."
        )
    except (OperationalError, OSError) as error:
        return (
            f"The {part} at {address} cannot be reached ({error}). Start it (scripts/start_redis.sh starts "
            f"one), or correct {setting}; without {setting} `make run` brings its own."
        )
    return ""


def storage() -> str:
    """The storage answers whether it has a file, and takes new ones."""
    documents = document_storage()
    documents.exists("ready")
    if isinstance(documents, DurableFileSystemStorage) and not documents.is_writable():
        return "Its folder cannot be written: is the disk there, and not read-only?"
    return ""


def disk_free() -> int:
    """Bytes left for the data folder."""
    return shutil.disk_usage(settings.DATA_DIR).free


def disk() -> str:
    """There is room for more."""
    return "" if disk_free() > SCARCE else "Little room is left: make some, or move the data folder."


def ocr() -> str:
    """The libraries that read scans are installed."""
    missing = [name for name in OCR_LIBRARIES if importlib.util.find_spec(name) is None]
    return f"Not installed: {', '.join(missing)}. Install again with `make clean run`." if missing else ""

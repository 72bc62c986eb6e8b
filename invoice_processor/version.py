"""The version of this code: a worker that was not restarted after an update runs another one."""

import hashlib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("gst", "extraction", "compliance", "accounts", "invoice_processor", "smartinvoice")


def digest() -> str:
    """Eight digits that change with the code; most updates leave the number of the version as it is."""
    code = hashlib.sha256()
    for path in sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()[:8]


VERSION = (
    f"{version('smartinvoice')}+{digest()}"  # as this process was started, whatever is on the disk later
)

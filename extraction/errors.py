"""Why a document could not be read: one exception, whose code decides whether another try makes sense."""

from typing import NamedTuple


class Fault(NamedTuple):
    """``permanent``: the same bytes will fail again. ``message``: says to a person what to do."""

    permanent: bool
    message: str


FAULTS = {
    "unsupported_type": Fault(True, "This is no PDF, JPEG, PNG, TIFF, WebP or HEIC file: send one of these."),
    "empty": Fault(True, "The file is empty: please send it again."),
    "too_large": Fault(True, "The file is too large: please send a smaller scan, or split it."),
    "too_many_pages": Fault(True, "The file has too many pages: please split it into single invoices."),
    "too_many_pixels": Fault(True, "A page is too large to be opened safely: please scan it at 300 dpi."),
    "encrypted": Fault(True, "The PDF asks for a password: please send a copy without one."),
    "damaged": Fault(True, "The file is damaged or incomplete: please scan or export it again."),
    "timeout": Fault(False, "Reading took too long and was stopped: try again, or scan the paper anew."),
    "out_of_memory": Fault(False, "Reading needed too much memory: try again, or scan the paper at 300 dpi."),
    "crashed": Fault(False, "Reading this file failed unexpectedly: try again, or scan the paper anew."),
}
"""Every code a reader may raise."""


class ReadingError(Exception):
    """A document that could not be read.

    ``code`` is a key of :data:`FAULTS`; ``permanent`` says that a retry is pointless;
    ``message`` is one sentence for the person.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.permanent, self.message = FAULTS[code]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

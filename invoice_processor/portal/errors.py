"""What can go wrong when somebody is asked about a GSTIN, each told apart and in words for a person."""

from enum import StrEnum


class Code(StrEnum):
    """The kind of an error."""

    WRONG_ANSWER = "wrong_answer"  # of the CAPTCHA: a new picture helps
    EXPIRED = "expired"  # the picture, or its session: a new picture helps
    NO_SUCH_GSTIN = "no_such_gstin"  # an answer, and a telling one
    LOCKED = "locked"
    BLOCKED = "blocked"  # by the firewall of the portal
    COOLING_OFF = "cooling_off"  # we rest after a block
    BUSY = "busy"  # other requests are before this one
    DOWN = "down"
    TIMEOUT = "timeout"
    UNREADABLE = "unreadable"  # an answer that cannot be what was asked for
    REFUSED = "refused"  # the GSP does not accept the key
    OFF = "off"  # switched off in the settings


SENTENCES = {
    Code.WRONG_ANSWER: "That was not what the picture shows. Here is a new one: try again.",
    Code.EXPIRED: "The picture has expired. Here is a new one: try again.",
    Code.NO_SUCH_GSTIN: "The GST portal knows no such GSTIN.",
    Code.LOCKED: "The GST portal says that this registration is locked. Try again tomorrow.",
    Code.BLOCKED: "The GST portal has turned us away. Asking rests for a few minutes; nothing is lost.",
    Code.COOLING_OFF: "Asking rests, since the GST portal has turned us away. Try again in a few minutes.",
    Code.BUSY: "Others are asking the GST portal right now. Try again in a moment.",
    Code.DOWN: "The GST portal does not answer. It is often back within minutes: try again.",
    Code.TIMEOUT: "The GST portal takes too long to answer. Try again in a few minutes.",
    Code.UNREADABLE: "The GST portal gave an answer that makes no sense. Try again later.",
    Code.REFUSED: "The GST Suvidha Provider does not accept our key: ask your administrator.",
    Code.OFF: "Verification is switched off on this desk (GST_PORTAL_URL is empty).",
}

SAME_PICTURE_IS_OF_NO_USE = frozenset({Code.WRONG_ANSWER, Code.EXPIRED})


class PortalError(Exception):
    """No record was given; ``message`` tells a person why and what to do."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code
        self.message = SENTENCES[code]

    @property
    def needs_new_picture(self) -> bool:
        """Whether the person should simply answer again."""
        return self.code in SAME_PICTURE_IS_OF_NO_USE

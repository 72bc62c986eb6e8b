"""Why a model gave no answer: one exception, whose code decides what happens next."""

from dataclasses import dataclass
from enum import Enum


class Next(Enum):
    """What to do about an error."""

    GIVE_UP = "give_up"  # the same question would fail again
    TRY_AGAIN = "try_again"  # later, counted as an attempt
    OTHER_KEY = "other_key"  # this key cannot, another may
    WAIT = "wait"  # nobody's fault of this document's: not counted


@dataclass(frozen=True, slots=True)
class Fault:
    """A code's meaning: what follows, and a sentence for the person."""

    next: Next
    sentence: str


FAULTS = {
    "quota": Fault(Next.OTHER_KEY, "The quota of the key is used up."),
    "authentication": Fault(Next.OTHER_KEY, "The provider does not accept the key."),
    "misconfigured": Fault(
        Next.WAIT,
        "The provider serves no such model here: the operator has to look at its name, address and account.",
    ),
    "unreachable": Fault(Next.WAIT, "The provider cannot be reached."),
    "overloaded": Fault(Next.WAIT, "The provider is overloaded, or away for a while."),
    "unavailable": Fault(Next.TRY_AGAIN, "The provider had trouble of its own, or broke off."),
    "timeout": Fault(Next.TRY_AGAIN, "The provider did not answer in time."),
    "rejected": Fault(Next.GIVE_UP, "The provider did not take the document."),
    "refused": Fault(Next.GIVE_UP, "The model refused to read the document."),
    "schema": Fault(Next.GIVE_UP, "The model's answer was not in the form asked for, also when asked again."),
    "empty": Fault(Next.GIVE_UP, "The model gave an empty answer, also when asked again."),
    "too_large": Fault(Next.GIVE_UP, "The document is too large for the provider."),
    "unopened": Fault(Next.TRY_AGAIN, "Opening the document to send it failed, or took too long."),
    "unreadable": Fault(Next.GIVE_UP, "The document could not be opened to be sent."),
}
"""Every code that asking may end with."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a question cost, in tokens; several requests may have been needed."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


LONGEST_WAIT = 86_400.0
"""Seconds; a server that says more does not mean it."""


class AiError(Exception):
    """A question without an answer.

    ``code`` is a key of :data:`FAULTS`; ``permanent`` says that asking again is pointless; ``sentence`` is
    for the person; ``retry_after`` is the server's own word on when to come back, in seconds; ``usage`` is
    what was paid all the same; ``said`` are the server's words, for the operator's log only.
    """

    def __init__(
        self, code: str, *, retry_after: float | None = None, usage: Usage | None = None, said: str = ""
    ) -> None:
        super().__init__(code)
        self.code = code
        self.next, self.sentence = FAULTS[code].next, FAULTS[code].sentence
        self.permanent = self.next is Next.GIVE_UP
        self.retry_after = None if retry_after is None else min(LONGEST_WAIT, max(0.0, retry_after))
        self.usage = usage or Usage()
        self.said = said

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"

"""The offline reader alone beside both readers: ``python -m benchmarks.ai_accuracy FOLDER``.

Needs a real key (GEMINI_API_KEYS) or a server of one's own (AI_BASE_URL, AI_MODEL), and sends the folder's
documents there: use it only with papers that may leave the house. Without a key it says so and ends.
"""

import argparse
import itertools
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.accuracy import print_calibration, print_fields, print_lines
from benchmarks.labelled import Labelled, labelled
from extraction.ai.answer import parse
from extraction.ai.document import Part, parts
from extraction.ai.errors import AiError, Next, Usage
from extraction.ai.merge import merge
from extraction.ai.need import doubt
from extraction.ai.price import cost
from extraction.ai.prompt import known
from extraction.engines.ai import Endpoint, Reply, ask
from extraction.engines.local import LocalReader
from extraction.errors import ReadingError
from extraction.reading import Reading
from extraction.rendition import SandboxedRenderer
from smartinvoice.settings import ai as configured

LONGEST_REST = 60  # seconds; beyond it a used-up quota ends the run
Read = list[tuple[Labelled, dict[str, Any]]]


@dataclass
class Bill:
    """What the questions came to."""

    asked: int = 0
    seconds: float = 0.0
    tokens: Counter[str] = field(default_factory=Counter)
    dollars: Decimal = Decimal(0)
    unpriced: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, endpoint: Endpoint, usage: Usage) -> None:
        """Count one question."""
        self.asked += 1
        self.tokens += Counter({"in": usage.input_tokens, "out": usage.output_tokens})
        price = cost(endpoint.provider, endpoint.model, endpoint.base_url, usage)
        self.unpriced += price is None
        self.dollars += price or Decimal(0)


def server() -> tuple[Endpoint, Sequence[str]] | None:
    """The model that the environment names, with its keys; None where it names none."""
    seconds = configured.AI_TIMEOUT
    if configured.AI_BASE_URL:
        own = Endpoint(
            provider="openai", model=configured.AI_MODEL, base_url=configured.AI_BASE_URL, seconds=seconds
        )
        return own, [configured.AI_API_KEY]
    if configured.GEMINI_API_KEYS:
        gemini = Endpoint(
            provider="google",
            model=configured.GEMINI_MODEL,
            base_url=configured.GEMINI_BASE_URL,
            seconds=seconds,
        )
        return gemini, configured.GEMINI_API_KEYS
    return None


def both(document: Labelled, local: Reading, endpoint: Endpoint, keys: Iterator[str], bill: Bill) -> Reading:
    """The reading of both; the offline one where the model gave no answer."""
    try:
        sent = parts(document.path, local, partial(jpeg, document.path), takes_pdf=endpoint.takes_pdf)
        reply = patiently(endpoint, keys, sent, known(local))
    except AiError as error:
        bill.add(endpoint, error.usage)
        bill.errors[error.code] += 1
        print(f"{document.id}: {error}")
        return local
    bill.add(endpoint, reply.usage)
    bill.seconds += reply.seconds
    return merge(local, parse(reply.answer), endpoint.name)


def jpeg(path: Path, page: int, turn: int) -> bytes:
    """A page as JPEG."""
    with SandboxedRenderer() as renderer:
        return renderer.jpeg(path, page, turn=turn)


def patiently(
    endpoint: Endpoint, keys: Iterator[str], sent: tuple[Part, ...], left_out: frozenset[str]
) -> Reply:
    """An answer, with the next key after a used-up one and a pause where the server asks for it."""
    for _ in range(5):
        try:
            return ask(endpoint, next(keys), sent, left_out)
        except AiError as error:
            if error.next is not Next.OTHER_KEY or (error.retry_after or 0) > LONGEST_REST:
                raise
            time.sleep(error.retry_after or 1)
    raise AiError("quota")


def main() -> None:
    """Read the folder twice and print both results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--always", action="store_true", help="ask about every document, not only unsure ones"
    )
    parser.add_argument("--least", type=int, default=80, help="percent below which a reading is unsure")
    arguments = parser.parse_args()
    chosen = server()
    if chosen is None:
        sys.exit("No key: set GEMINI_API_KEYS, or AI_BASE_URL and AI_MODEL. Nothing was read, nothing sent.")
    endpoint, keys = chosen[0], itertools.cycle(chosen[1])
    reader, bill = LocalReader(), Bill()
    offline: Read = []
    together: Read = []
    for document in labelled(arguments.folder):
        try:
            local = reader.read(document.path)
        except ReadingError as error:
            print(f"{document.id}: {error}")
            continue
        wanted = arguments.always or doubt(local, arguments.least)
        merged = both(document, local, endpoint, keys, bill) if wanted else local
        offline.append((document, local.document()))
        together.append((document, merged.document()))
    for title, read in (("offline reader alone", offline), (f"with {endpoint.name}", together)):
        print(f"\n== {title}")
        invoices = [(document, reading) for document, reading in read if document.is_invoice]
        print_fields(invoices)
        print_lines(invoices)
        print_calibration(invoices)
    print_bill(bill, len(offline))


def print_bill(bill: Bill, documents: int) -> None:
    """What it cost."""
    print(f"\n== cost\nasked about {bill.asked} of {documents} documents, {bill.seconds:.0f} s in all")
    print(f"tokens: {bill.tokens['in']} in, {bill.tokens['out']} out")
    print(f"about US$ {bill.dollars:.4f}; questions without a known price: {bill.unpriced}")
    if bill.asked:
        print(f"US$ {bill.dollars / bill.asked:.5f} a document asked about")
    for code, count in bill.errors.most_common():
        print(f"no answer ({code}): {count}")


if __name__ == "__main__":
    main()

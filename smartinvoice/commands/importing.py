"""``smartinvoice import``: files from this machine into the desk."""

import getpass
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import sleep

from django.db import connection

from accounts.models import Organisation
from accounts.selectors import default_organisation
from invoice_processor.models import Batch
from invoice_processor.selectors.progress import batch_progress
from invoice_processor.selectors.workers import stuck_queues
from invoice_processor.services import batches
from invoice_processor.services.intake import Accepted, Incoming, Refused, accept, open_batch
from smartinvoice.commands.files import files_in, shown_name
from smartinvoice.commands.progress import bar, say

GROUP = 50  # files a transaction


def import_paths(
    paths: tuple[Path, ...], name: str, organisation: str | None, *, wait: bool, keep_in_house: bool = False
) -> int:
    """Import files; returns the exit status: 0, or 1 when a file was refused or nothing could be done."""
    owner = find_organisation(organisation)
    files = list(files_in(paths))
    if owner is None or not files:
        say(complaint(organisation, found_files=bool(files)), style="red")
        return 1
    batch = same_or_new_batch(owner, name, len(files), keep_in_house=keep_in_house)
    taken = again = refused = 0
    for result in accept_all(batch, files):
        if isinstance(result, Refused):
            refused += 1
            say(f"refused {result.name}: {result.reason}", style="red")
        elif result.already:
            again += 1
            if result.restored:
                say(f"{result.name} had been deleted and is brought back.")
        else:
            taken += 1
    batches.close(batch, account=account())
    say(f"Batch “{name}”: {taken} taken in, {again} there before, {refused} refused.")
    if wait:
        watch(batch)
    return 1 if refused else 0


def account() -> str:
    """Under which name of this machine the command runs, for the audit trail."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a number without a name, as in a container
        return "without a name"


def find_organisation(name: str | None) -> Organisation | None:
    """The organisation of that name, or the first one; None too before the database is made."""
    if "accounts_organisation" not in connection.introspection.table_names():
        return None
    return Organisation.objects.filter(name__iexact=name).first() if name else default_organisation()


def complaint(organisation: str | None, *, found_files: bool) -> str:
    """Why nothing can be imported, and what to do."""
    if not found_files:
        return "There are no files in what you named."
    if organisation:
        return f"There is no organisation called “{organisation}”."
    return "Nobody is set up yet: open the desk in a browser once and create the first user."


def same_or_new_batch(organisation: Organisation, name: str, files: int, *, keep_in_house: bool) -> Batch:
    """The batch of that name, to go on with, or a new one; once kept in the house it stays so."""
    known = Batch.objects.filter(organisation=organisation, name=name[:200]).order_by("-id").first()
    if known and keep_in_house:
        Batch.objects.filter(pk=known.pk).update(keep_in_house=True)
    return known or open_batch(organisation, None, name, files, keep_in_house=keep_in_house)


def accept_all(batch: Batch, files: list[Path]) -> Iterator[Accepted | Refused]:
    """Take the files in group by group, with a progress bar."""
    with bar() as progress:
        task = progress.add_task("Taking in", total=len(files))
        for start in range(0, len(files), GROUP):
            group = files[start : start + GROUP]
            yield from accept_group(batch, group)
            progress.advance(task, len(group))


def accept_group(batch: Batch, paths: list[Path]) -> Iterator[Accepted | Refused]:
    """Take some files in; those that cannot be opened are refused."""
    incoming = []
    with ExitStack() as opened:
        for path in paths:
            try:
                incoming.append(Incoming(shown_name(path), opened.enter_context(path.open("rb"))))
            except OSError as error:
                yield Refused(shown_name(path), f"The file cannot be opened ({error.strerror}).")
        yield from accept(batch, incoming)


def watch(batch: Batch) -> None:
    """Show a batch's progress until every job has ended; says once when nobody comes to do them."""
    alone = False
    with bar() as progress:
        state = batch_progress(batch)
        task = progress.add_task("Processing", total=state.total, completed=state.ended)
        while state.ended < state.total:
            if not alone and (alone := bool(stuck_queues(batch))):
                say("No worker is running: start the desk with `make run`, and this goes on.", style="yellow")
            sleep(1)
            state = batch_progress(batch)
            progress.update(task, total=state.total, completed=state.ended)
    if state.further:
        say(f"{state.invoices} invoices found in {state.total} files.")
    say(f"{state.done} done, {state.attention} need attention, {state.failed} failed.")

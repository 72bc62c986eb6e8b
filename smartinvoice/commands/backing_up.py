"""``smartinvoice backup`` and ``smartinvoice restore``."""

from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from smartinvoice.backup.restoring import CannotRestore, restore
from smartinvoice.backup.writing import back_up
from smartinvoice.commands.progress import console, say


def make(path: Path | None) -> int:
    """Write a backup and say what it holds; 1 when it could not be made, or files were missing."""
    path = path or Path(f"smartinvoice-{timezone.localtime():%Y%m%d-%H%M%S}.tar")
    try:
        with console.status("Backing up …"):
            made = back_up(path)
    except FileExistsError:
        say(f"{path} is there already: name another file.", style="red")
        return 1
    except OSError as error:
        say(f"{path} cannot be written: {error.strerror or error}.", style="red")
        return 1
    for name in made.missing:
        say(f"The storage has no file {name} any more; its records are in the backup.", style="yellow")
    say(f"{path}: {made.manifest.rows} rows and {made.manifest.files - len(made.missing)} files.")
    return 1 if made.missing else 0


def bring_back(path: Path) -> int:
    """Restore a backup into an empty desk and say what came back; 1 when nothing could be restored."""
    call_command("migrate", verbosity=0)
    try:
        with console.status("Restoring …"):
            manifest = restore(path)
    except CannotRestore as reason:
        say(str(reason), style="red")
        return 1
    except OSError as error:
        say(f"{error.filename or path}: {error.strerror or error}.", style="red")
        return 1
    made = timezone.localtime(manifest.made_at)
    say(f"{manifest.rows} rows and {manifest.files} files of {made:%d %b %Y, %H:%M} are back.")
    return 0

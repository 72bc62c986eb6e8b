"""The ``smartinvoice`` command."""

import os
import sys
from pathlib import Path

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")


class Commands(click.Group):
    """Commands that say in one sentence which setting cannot work, or that the database is away."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ImproperlyConfigured as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            raise click.ClickException(f"The database does not answer: {error}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="smartinvoice", message="Smart iInvoice %(version)s")
def main() -> None:
    """Smart iInvoice: the self-hosted invoice desk for Indian businesses."""
    import smartinvoice.settings.paths  # noqa: F401, PLC0415 - reads .env, before options look at variables


@main.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
def run(host: str, port: int) -> None:
    """Run the whole desk on this machine: broker, workers and web server."""
    if os.name == "nt":
        raise click.ClickException("On Windows start the parts with scripts\\*.bat: see docs/celery-setup.md")
    from smartinvoice.desk import preflight  # noqa: PLC0415 - other commands need none of it
    from smartinvoice.desk import run as desk  # noqa: PLC0415

    try:
        desk.run(host, port)
    except preflight.CannotRun as reason:
        raise click.ClickException(str(reason)) from reason


@main.command(hidden=True)
@click.option("--host", required=True)
@click.option("--port", type=int, required=True)
def announce(host: str, port: int) -> None:
    """Say when the desk is ready."""
    from smartinvoice.desk import run as desk  # noqa: PLC0415
    from smartinvoice.settings.paths import DATA_DIR  # noqa: PLC0415

    sys.exit(0 if desk.announce(host, port, DATA_DIR) else 1)


@main.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--batch", "name", help="Name of the batch; the same name goes on with the same batch.")
@click.option("--organisation", help="For which organisation; the first one if not given.")
@click.option("--wait/--no-wait", default=False, help="Wait until every file is processed.")
@click.option("--keep-in-house", is_flag=True, help="Never send these files to an AI model.")
def import_files(
    paths: tuple[Path, ...], name: str | None, organisation: str | None, wait: bool, keep_in_house: bool
) -> None:
    """Take in files and folders of invoices, as one batch."""
    import django  # noqa: PLC0415

    django.setup()
    from smartinvoice.commands import importing  # noqa: PLC0415

    shown = name or paths[0].resolve().name
    sys.exit(importing.import_paths(paths, shown, organisation, wait=wait, keep_in_house=keep_in_house))


@main.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path | None) -> None:
    """Write all records and documents to one FILE, also while the desk is at work."""
    import django  # noqa: PLC0415

    django.setup()
    from smartinvoice.commands import backing_up  # noqa: PLC0415

    sys.exit(backing_up.make(file))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring a backup back into an empty desk, on whichever database the settings name."""
    import django  # noqa: PLC0415

    django.setup()
    from smartinvoice.commands import backing_up  # noqa: PLC0415

    sys.exit(backing_up.bring_back(file))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write <stem>.json files here.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Documents read at once.")
@click.option("--explain", is_flag=True, help="Say why each value is believed, and what was rejected.")
@click.option("--overlay", type=click.Path(dir_okay=False, path_type=Path), help="Draw one document's boxes.")
def read(
    paths: tuple[Path, ...], out: Path | None, jobs: int | None, explain: bool, overlay: Path | None
) -> None:
    """Read documents without a database: JSON on standard output, or one file each in --out."""
    from smartinvoice.commands import reading  # noqa: PLC0415

    if not (explain or overlay):
        sys.exit(reading.read_paths(paths, out, jobs or cores()))
    from smartinvoice.commands import explaining  # noqa: PLC0415 - it loads what draws

    if overlay and (len(paths) > 1 or paths[0].is_dir()):
        raise click.UsageError("--overlay draws one document: name one file.")
    status = 0
    if overlay:
        status = explaining.draw_overlay(paths[0], overlay)
    if explain:
        status = max(status, explaining.explain_paths(paths))
    sys.exit(status)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

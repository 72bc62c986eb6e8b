"""``manage.py build_styles``."""

from argparse import ArgumentParser
from subprocess import CalledProcessError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from web.styles.build import STYLESHEET, build


class Command(BaseCommand):
    """Builds the stylesheet."""

    help = "Builds the stylesheet from its Tailwind source, when a source has changed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="build it even when nothing has changed")

    def handle(self, *, force: bool, **_: Any) -> None:
        try:
            built = build(force=force)
        except CalledProcessError as error:
            raise CommandError(f"Tailwind could not build the stylesheet:\n{error.stderr}") from error
        self.stdout.write(f"{STYLESHEET.name}: {'built' if built else 'up to date'}")

"""The tick that keeps files in the house, as a person sets it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from invoice_processor.models import Batch
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.test_desk import set_up
from tests.conftest import pdf
from tests.processes.conftest import wait_for

pytestmark = pytest.mark.browser


def test_files_sent_with_the_tick_stay_in_the_house(
    open_page: OpenPage, settings: Settings, tmp_path: Path
) -> None:
    settings.AI_ENABLED = True
    page = open_page(DESKTOP)
    set_up(page)
    page.goto("/upload/")
    page.get_by_role("main").get_by_label("Keep in the house").check()
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(pdf())
    page.get_by_role("main").get_by_label("Choose files").set_input_files(paper)
    wait_for(Batch.objects.exists)
    assert Batch.objects.get().keep_in_house

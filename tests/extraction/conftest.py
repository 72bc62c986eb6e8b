"""What the tests of the reader share: the engine starts once."""

from pathlib import Path

import pytest

from extraction.ocr.engine import PaddleOcr


@pytest.fixture(scope="session")
def ocr(tmp_path_factory: pytest.TempPathFactory) -> PaddleOcr:
    """The default engine, its recogniser cut anew from the wheel's model."""
    return PaddleOcr(Path(tmp_path_factory.mktemp("models")))

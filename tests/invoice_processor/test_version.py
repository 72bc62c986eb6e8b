"""A worker that was not restarted is told apart, though most updates keep the number of the version."""

from pathlib import Path

import pytest

from invoice_processor import version
from invoice_processor.models import WorkerBeat


def test_the_version_changes_with_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = version.digest()
    assert version.VERSION.endswith(f"+{before}")
    assert len(version.VERSION) + 4 <= (WorkerBeat._meta.get_field("version").max_length or 0)
    monkeypatch.setattr(version, "ROOT", tmp_path)
    (tmp_path / "gst").mkdir()
    (tmp_path / "gst" / "rates.py").write_text("RATE = 18\n")
    assert version.digest() != before

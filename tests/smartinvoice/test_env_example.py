"""`.env.example` shows settings that exist, in a form that django-environ reads as meant."""

import io
import re
from pathlib import Path

import environ
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
IN_USE = re.sub(r"^#(?=[A-Z_]+=)", "", EXAMPLE, flags=re.MULTILINE)
NAMES = re.findall(r"^([A-Z_]+)=", IN_USE, re.MULTILINE)
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("smartinvoice", "extraction")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.fixture
def values(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a person gets who uncomments every line."""
    found: dict[str, str] = {}
    monkeypatch.setattr(environ.Env, "ENVIRON", found)
    environ.Env.read_env(io.StringIO(IN_USE))
    return found


def test_comments_do_not_become_part_of_values(values: dict[str, str]) -> None:
    assert set(values) == set(NAMES)
    assert not [name for name, value in values.items() if "#" in value or value != value.strip()]


@pytest.mark.parametrize("name", NAMES)
def test_each_variable_is_read_by_the_program(name: str) -> None:
    assert f'"{name.removesuffix("_FILE")}"' in CODE

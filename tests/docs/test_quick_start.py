"""What docs/celery-quick-start.md tells people to type does what it says."""

import re

import pytest

from invoice_processor.models import Invoice
from smartinvoice import celery_app
from tests.conftest import Take
from tests.docs.test_links import ROOT

PAGE = (ROOT / "docs" / "celery-quick-start.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_every_task_is_listed() -> None:
    celery_app.loader.import_default_modules()
    listed = set(re.findall(r"^\| `([\w.]+)(?:\(.*?\))?` \|", PAGE, re.MULTILINE))
    assert listed == {name for name in celery_app.tasks if not name.startswith("celery.")}


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:task_always_eager has no effect")
def test_the_examples_run(monkeypatch: pytest.MonkeyPatch, take: Take) -> None:
    (invoice,) = take("")
    monkeypatch.setitem(celery_app.conf, "task_always_eager", True)
    monkeypatch.chdir(ROOT)
    ran = [block for block in BLOCKS if "send_task" not in block]  # that alone insists on a worker
    assert len(ran) == len(BLOCKS) - 1
    typed: dict[str, object] = {}
    for block in ran:
        code = re.sub(r"=7\b", f"={invoice.pk}", block).replace("batch_id=1", f"batch_id={invoice.batch_id}")
        exec(code, typed)
    assert Invoice.objects.filter(batch__name="From a script", original_name="tax-invoice.pdf").exists()

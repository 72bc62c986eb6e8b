"""Pictures wait in the shared cache."""

import pytest

from invoice_processor.portal import challenges
from invoice_processor.portal.errors import PortalError
from invoice_processor.portal.registry import Challenge

PICTURE = Challenge(b"\x89PNG\r\n\x1a\n", "image/png", {"CaptchaCookie": "1"})


@pytest.mark.django_db
def test_picture_is_answered_once_and_only_by_whom_it_was_shown() -> None:
    kept = challenges.keep(PICTURE, person_id=1, gstin="29AAPCM4821K1Z5")
    assert challenges.find(kept.token, 1) == kept
    with pytest.raises(PortalError):
        challenges.use(kept.token, 2)
    assert challenges.use(kept.token, 1) == kept
    with pytest.raises(PortalError):
        challenges.use(kept.token, 1)

"""Which registry this desk asks."""

from django.conf import settings

from invoice_processor.portal.gsp import Gsp
from invoice_processor.portal.public_search import PublicSearch
from invoice_processor.portal.registry import Registry


def unattended() -> bool:
    """Whether records can be had without a person: a GSP is configured."""
    return bool(settings.GSP_BASE_URL)


def registry(*, by_hand: bool = False) -> Registry:
    """The GSP where there is one, unless a person would rather ask the portal."""
    return Gsp() if unattended() and not by_hand else PublicSearch()

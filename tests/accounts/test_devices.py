"""Browsers in words that a person recognises."""

import pytest

from accounts.devices import device
from accounts.services.sessions import place

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36", "Chrome on Windows"),
        (f"{MOZILLA} (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        (f"{MOZILLA} (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1",
            "Safari on iPhone",
        ),
        (f"{MOZILLA} (Linux; Android 14) SamsungBrowser/26.0 Chrome/122.0", "Samsung Internet on Android"),
        ("curl/8.5.0", "Unknown program"),
        ("", "Unknown program"),
    ],
)
def test_a_browser_is_named(user_agent: str, expected: str) -> None:
    assert device(user_agent) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", "The machine of the desk"),
        ("::1", "The machine of the desk"),
        ("192.168.1.7", "Your own network (192.168.1.7)"),
        ("8.8.8.8", "8.8.8.8"),
    ],
)
def test_a_place_is_what_the_address_itself_tells(address: str, expected: str) -> None:
    assert place(address) == expected

"""Reading by AI models: off unless the operator gives a key or a server's address (docs/ai-reading.md)."""

import os
from decimal import Decimal

import smartinvoice.settings.paths  # noqa: F401 - reads .env
from smartinvoice.settings.environment import env, secret

GEMINI_API_KEYS = [
    k.strip() for k in (secret(dict(os.environ), "GEMINI_API_KEYS") or "").split(",") if k.strip()
]
GEMINI_MODEL = env.str("GEMINI_MODEL", "gemini-3.8-flash")
GEMINI_BASE_URL = env.str("GEMINI_BASE_URL", "") or None  # Google's own

# Any server that speaks OpenAI's chat completions; where one is named, nothing goes to Gemini.
AI_BASE_URL = env.str("AI_BASE_URL", "")
AI_MODEL = env.str("AI_MODEL", "")
AI_API_KEY = secret(dict(os.environ), "AI_API_KEY") or ""

AI_TIMEOUT = env.int("AI_TIMEOUT", 120)  # seconds for one question; a server that hangs costs no more
AI_CONCURRENCY = env.int("AI_CONCURRENCY", 8)  # questions at once, in threads of one worker
AI_REQUESTS_PER_MINUTE = env.int("AI_REQUESTS_PER_MINUTE", 60)  # of all workers together
AI_MONTHLY_LIMIT = Decimal(env.str("AI_MONTHLY_LIMIT", "0"))  # US dollars, of all organisations; 0: none
AI_COOL_DOWN = env.int("AI_COOL_DOWN", 300)  # seconds that a used-up key rests where the server names no time

AI_ENABLED = bool(GEMINI_API_KEYS or AI_BASE_URL)

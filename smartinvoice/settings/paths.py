"""Where the code and its data lie; reads ``.env`` before anything else looks at the environment."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
environ.Env.read_env(BASE_DIR / ".env")  # variables already set win
DATA_DIR = (BASE_DIR / environ.Env().str("SMARTINVOICE_DATA_DIR", "data")).resolve()

"""Where the local run keeps its things; all of it git-ignored, all of it may be deleted."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv"
LOCAL = ROOT / ".local"
EMULATOR_ENV = LOCAL / "emulator-env"
RUN_FILE = LOCAL / "run.json"

"""Settings of an installation whose front end was not built."""

from shiftsync.config import ROOT
from shiftsync.settings import *  # noqa: F403 - the same, but for what follows

FRONTEND_MANIFEST = ROOT / "nowhere" / "manifest.json"

"""Settings of a server whose front end is another build than the one in ``frontend/dist``: that of ``E2E_FRONTEND``."""

import os
from pathlib import Path

from shiftsync.settings import *  # noqa: F403 - the same, but for what follows
from shiftsync.settings import DJANGO_VITE

FRONTEND_DIST = Path(os.environ["E2E_FRONTEND"])
FRONTEND_MANIFEST = FRONTEND_DIST / ".vite" / "manifest.json"
SERVICE_WORKER = FRONTEND_DIST / "service-worker.js"
STATICFILES_DIRS = [("frontend", FRONTEND_DIST)]
DJANGO_VITE["default"]["manifest_path"] = FRONTEND_MANIFEST

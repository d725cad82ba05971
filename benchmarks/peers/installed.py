"""The peers' packages: what ``package-lock.json`` pins, installed beside it by npm when a suite first needs them."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
INSTALL_SECONDS = 300


def why_missing() -> str | None:
    """Installs the packages unless they are there; a sentence that says why they are not, else None."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node.js with npm is missing"
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return None
    command = ["npm", "ci", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=HERE, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"npm could not install them ({error})"
    installed.touch()
    return None

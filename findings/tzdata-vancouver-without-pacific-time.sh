#!/usr/bin/env bash
# tzdata 2026.6 (PyPI, IANA 2026f)
#
# British Columbia stays on summer time from November 2026. The zone is not called "permanent PDT" but MST, with no daylight saving:
# tzname() says MST in Vancouver, and dst() is zero on a summer day, where a guess says PDT and one hour. A program that tells summer
# by dst(), or prints the zone's letters beside a shift, is wrong there. Where the system's own data is older, Python reads that first,
# and such a month is an hour off altogether; reset_tzpath(()) makes the package count, as shiftsync/__init__.py does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tzdata==2026.6

cat >ask.py <<'PY'
import zoneinfo
from datetime import datetime

zoneinfo.reset_tzpath(())
vancouver = zoneinfo.ZoneInfo("America/Vancouver")
for year, month in ((2026, 1), (2026, 7), (2026, 12), (2027, 7)):
    noon = datetime(year, month, 15, 12, tzinfo=vancouver)
    print(noon.isoformat(), noon.tzname(), noon.dst())
PY
venv/bin/python ask.py | tee seen
diff seen - <<'SEEN'
2026-01-15T12:00:00-08:00 PST 0:00:00
2026-07-15T12:00:00-07:00 PDT 1:00:00
2026-12-15T12:00:00-07:00 MST 0:00:00
2027-07-15T12:00:00-07:00 MST 0:00:00
SEEN
echo 'as found'

#!/usr/bin/env bash
# dateparser 1.5.0 (PyPI)
#
# A wish in words, to be free on 11月3日, 3 November, is read in October 2026. dateparser has Japanese and was told that it is. It takes 11 for the
# year and 3 for the month, and adds today's day: 20 March 2011. Up to September the months are right, so that it is seen in October
# first. 3日, the third, is three days ago, and 16日 sixteen. Only with its year, or with a DATE_ORDER of MDY, which nobody would set for Japan, is
# 11月3日 the third of November. Ours reads the days above a month by patterns of its own (schedules/exports/headings.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0

cat >wishes.py <<'PY'
from datetime import datetime

import dateparser

now = {"RELATIVE_BASE": datetime(2026, 10, 20, 12)}
for text in ("8月3日", "9月16日", "10月30日", "11月3日", "11月16日", "12月31日", "2026年11月3日", "3日", "16日"):
    days = [dateparser.parse(text, languages=["ja"], settings=settings) for settings in (now, now | {"DATE_ORDER": "MDY"})]
    print(text, *(f"{day:%Y-%m-%d}" for day in days))
PY
PYTHONUTF8=1 venv/bin/python wishes.py | tee seen
diff seen - <<'SEEN'
8月3日 2026-08-03 2026-08-03
9月16日 2026-09-16 2026-09-16
10月30日 2010-10-30 2026-10-30
11月3日 2011-03-20 2026-11-03
11月16日 2011-10-16 2026-11-16
12月31日 2012-10-31 2026-12-31
2026年11月3日 2026-11-03 2026-11-03
3日 2026-10-17 2026-10-17
16日 2026-10-04 2026-10-04
SEEN
echo 'as found'

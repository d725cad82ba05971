#!/usr/bin/env bash
# neologdn 0.5.6 and jaconv 0.5.0 (PyPI)
#
# Hours are written 10:00〜19:00 in Japan, with a wave dash, and text from many hands is brought into one form before it is compared. A guess
# says that such a library may turn 〜 into ~ or -. neologdn takes it away, with ~ and ～ as well: 10:0019:00. It takes the space out of
# 山田 太郎 too. jaconv.normalize() makes of it ー, the letter that lengthens a vowel: 10:00ー19:00. Both look for words, not for hours, and
# whatever reads hours must come first. Ours compares after NFKC, which leaves 〜 and makes ～ a ~ (schedules/rules/spelling.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check neologdn==0.5.6 jaconv==0.5.0

cat >normalize.py <<'PY'
from unicodedata import name

import jaconv
import neologdn

for text in ("10:00〜19:00", "10:00～19:00", "10:00~19:00", "22:00〜翌6:00", "山田 太郎"):
    print(text, "neologdn", neologdn.normalize(text), "jaconv", jaconv.normalize(text))
print(name(jaconv.normalize("10:00〜19:00")[5]))
PY
PYTHONUTF8=1 venv/bin/python normalize.py | tee seen
diff seen - <<'SEEN'
10:00〜19:00 neologdn 10:0019:00 jaconv 10:00ー19:00
10:00～19:00 neologdn 10:0019:00 jaconv 10:00ー19:00
10:00~19:00 neologdn 10:0019:00 jaconv 10:00~19:00
22:00〜翌6:00 neologdn 22:00翌6:00 jaconv 22:00ー翌6:00
山田 太郎 neologdn 山田太郎 jaconv 山田 太郎
KATAKANA-HIRAGANA PROLONGED SOUND MARK
SEEN
echo 'as found'

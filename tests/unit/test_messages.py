"""Everything that the pages of Django say exists in Japanese, and what was compiled is what the catalogues say."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from string import Formatter
from time import process_time

import pytest
from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext, ngettext, override

from schedules.generation.loading_settings import load_options
from shiftsync.config import ROOT
from shiftsync.core.brief import LONGEST_SENTENCE
from shiftsync.core.errors import known_errors
from shiftsync.core.library_words import library_sentences
from shiftsync.core.wording import PATTERNS, in_japanese, said
from tests.support import messages
from tests.support.spoken import spoken
from tests.unit.generation import builders

admin.autodiscover()  # a server does it with the URLs

OURS = {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in messages.PACKAGES}
CATALOGUE = ROOT / "locale" / "ja" / "LC_MESSAGES" / "django.po"
AS_THEY_ARE = {"{}{}", "ID", "id"}
"""What is the same in every language: ids, and a refusal that is passed on."""

UNSEEN = {
    *("answer", "beat", "cancel requested", "client id", "content hash", "credentials epoch", "digest", "holder"),
    *("issued by", "lease until", "lineage id", "result", "revision", "source hash", "task id"),
}
"""Columns that no page shows."""


def names() -> Iterator[str]:
    """What rows, columns and choices are called."""
    for model in admin.site._registry:
        if model._meta.app_label in OURS:
            yield str(model._meta.verbose_name)
            yield str(model._meta.verbose_name_plural)
            for field in model._meta.concrete_fields:
                yield str(field.verbose_name)
                yield from (str(label) for _, label in getattr(field, "flatchoices", ()))


def plural_forms() -> set[str]:
    """Second forms of messages that have two: they are found by the first."""
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()
    return {ast.literal_eval(line.removeprefix("msgid_plural ")) for line in lines if line.startswith("msgid_plural ")}


def untranslated(wanted: set[str]) -> list[str]:
    with override("ja"):
        return sorted(message for message in wanted - AS_THEY_ARE - UNSEEN if gettext(message) == message)


def test_messages__in_code_and_templates__are_all_in_japanese() -> None:
    assert untranslated(messages.called_messages() - plural_forms()) == []


def test_messages__with_a_plural__are_found_by_their_first_form() -> None:
    with override("ja"):
        assert (
            ngettext("%(count)d cell was changed.", "%(count)d cells were changed.", 2)
            != "%(count)d cells were changed."
        )
    assert plural_forms() <= messages.called_messages()


def test_names__of_rows_columns_and_choices__are_all_in_japanese() -> None:
    with override("en"):
        wanted = {name for name in names() if name}
    assert untranslated(wanted) == []


def test_labels__of_the_rules__are_all_in_japanese() -> None:
    assert untranslated(messages.labels()) == []


def test_refusals__of_services__are_all_in_japanese_and_known_by_their_form() -> None:
    found = messages.refusals()
    assert untranslated(found) == []
    carrying = {message for message in found if "{}" in message} - AS_THEY_ARE
    assert sorted(carrying - set(PATTERNS)) == []


def test_refusals__of_all_that_answers_clients__are_in_japanese_and_known_by_their_form() -> None:
    found = spoken()
    assert untranslated(found) == []
    assert sorted({message for message in found if "{}" in message} - AS_THEY_ARE - set(PATTERNS)) == []


def test_refusals__of_each_code__are_in_japanese() -> None:
    assert untranslated({kind.default_message for kind in known_errors()}) == []


def test_refusals__of_the_library__are_said_with_what_they_carry() -> None:
    with override("ja"):
        assert (
            said("Ensure this field has no more than 20 characters.")
            == "この項目が20文字より長くならないようにしてください。"
        )
        assert said('"x" is not a valid choice.') == '"x"は有効な選択肢ではありません。'
        assert said("Ensure this value is greater than or equal to 1.") == "この値は1以上にしてください。"


def test_refusals__of_the_library__are_all_in_japanese() -> None:
    assert untranslated({each for each in library_sentences() if each}) == []


def test_warnings__of_the_generator_and_the_settings__are_all_in_japanese_and_known_by_their_form() -> None:
    found = messages.warnings()
    assert untranslated(found) == []
    assert sorted({message for message in found if "{}" in message} - set(PATTERNS)) == []


LATIN = re.compile("[A-Za-z]{3,}")


def test_warnings__of_a_month_of_people_with_japanese_names__hold_no_english() -> None:
    """One month in which everything is wrong that is warned of."""
    limits = [
        builders.limit("朝の人数", shiftType="朝", minCount=1, scope="position", targetIds=["板前"]),
        builders.limit("", minCount=1, scope="group", targetIds=["無"]),
        builders.limit("空", minCount=1, scope="staff_status"),
    ]
    rules = [
        builders.rule("hours", "週", maxHours=40),
        builders.rule("required_off", "誰か", staffIds=["謎"]),
        builders.rule("required_off", "誰も", aboutNobody=True),
        {"id": "x", "name": "昔", "ruleDefinition": {"ruleType": "?"}},
    ]
    given = builders.problem(
        staff=[builders.member("甲"), builders.member("乙", position="ホール")],
        staffGroups=[builders.group("厨房", ["謎"])],
        skills=[builders.skill("会計", ["謎"])],
        staffingNeeds=[
            builders.need("空欄"),
            builders.need("会計係", perDay={"sunday": 1}, skillId="会計"),
            builders.need("昔の", perDay={"sunday": 1}, skillId="昔"),
            builders.need("", perDay={"sunday": 1}, scope="position", targetIds=["板前"]),
        ],
        dailyLimits=limits,
        weeklyLimits=limits,
        monthlyLimits=limits,
        priorityRules=rules,
        backupAssignments=[builders.assignment("謎", "厨房"), builders.assignment("甲", "無")],
        wishes=[builders.wish("甲", 0, "prefer", "夜")],
        shift_types=[{"symbol": "○", "kind": "normal"}],
        calendar=[{"date": "?", "kind": "?"}],
        schedule={"謎": {}, "甲": {builders.key(9): "○"}},
        covering=[{"staffId": "甲", "dateKey": builders.key(0), "groupId": "厨房"}],
    )
    ignored: list[str] = []
    load_options({"mlModelConfigs": [{"parameters": {"昔": 1}}]}, ignored)
    told = [in_japanese(each) for each in (*given.warnings, *ignored)]

    assert len({each.partition("：")[2] for each in told}) > 15
    assert [each for each in told if LATIN.search(each.partition("{")[0])] == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_refusal__that_carries_something__is_said_with_it(pattern: str) -> None:
    parts = [
        f"value{number}"
        for number, _ in enumerate([each for each in Formatter().parse(pattern) if each[1] is not None])
    ]
    message = pattern.format(*parts)
    with override("ja"):
        told = said(message)
        source = gettext(pattern)
    assert told != message
    assert all(part in told for part in parts) or source.count("{") < len(parts)


MOST_SECONDS = 2.0
"""Of this process. Where each place was tried with each other, one of these took half a minute."""


@pytest.mark.parametrize("part", [": ", " and"])
def test_refusal__of_what_somebody_chose_for_it__is_said_in_no_time(part: str) -> None:
    chosen = part * (LONGEST_SENTENCE // len(part))
    before = process_time()
    told = [
        in_japanese(pattern.format(*[chosen] * pattern.count("{}"))[:LONGEST_SENTENCE] + ".") for pattern in PATTERNS
    ]
    assert process_time() - before < MOST_SECONDS
    assert any(chosen[:100] in each for each in told)


def test_refusal__within_others__is_said_too() -> None:
    told = in_japanese("3 of the rows cannot be migrated; the first: must be at most 31")
    assert "31以下" in told
    assert "must be" not in told


def test_refusal__that_nobody_knows__stays_as_it_is() -> None:
    with override("ja"):
        assert said("Something that no catalogue has.") == "Something that no catalogue has."


def test_catalogues__compiled__are_those_of_their_sources() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "messages", "--check"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr

"""Rules between the fields of one object. Each is run only where every field by itself is right."""

from collections.abc import Iterator, Sequence

from settings_app.rules.scopes import ABOUT_EVERYBODY
from settings_app.rules.shapes import Config, CrossRule


def not_above(low: str, high: str) -> CrossRule:
    """``low`` is at most ``high``, where both are set."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        lower, upper = config.get(low), config.get(high)
        if lower is not None and upper is not None and lower > upper:
            yield low, f"must not be above {high} ({upper:g})"

    return rule


def not_before(end: str, start: str) -> CrossRule:
    """The day ``end`` is not before the day ``start``, where both are set."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        last, first = config.get(end), config.get(start)
        if last is not None and first is not None and last < first:
            yield end, f"must not be before {start} ({first})"

    return rule


def needs_targets(but_for: Sequence[str] = ()) -> CrossRule:
    """A scope other than ``all`` says whom it is about, or that nobody was chosen and it is about everybody; ``but_for`` those that mean
    everybody unless some are chosen."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        scope, is_open = config.get("scope"), config.get(ABOUT_EVERYBODY) is True
        if is_open and (scope in (None, "all") or config.get("targetIds")):
            yield ABOUT_EVERYBODY, "must only be set for a scope without targets"
        elif not is_open and scope not in (None, "all", *but_for) and not config.get("targetIds"):
            yield "targetIds", f"must name at least one for the scope {scope}"

    return rule


def for_type(rule_types: Sequence[str], check: CrossRule) -> CrossRule:
    """``check`` for the rules of these types only."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        if config.get("ruleType") in rule_types:
            yield from check(config)

    return rule


def at_least_two(name: str, what: str) -> CrossRule:
    """The list holds two items or more."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        if len(config.get(name) or ()) < 2:
            yield name, f"must name at least two {what}"

    return rule


def is_set(name: str) -> CrossRule:
    """The field has a value."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        if config.get(name) is None:
            yield name, f"is required for {config['ruleType']}"

    return rule


def one_is_set(*names: str) -> CrossRule:
    """One of the fields has a value, or more."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        if all(config.get(name) is None for name in names):
            yield names[-1], f"{' or '.join(names)} is required for {config['ruleType']}"

    return rule


def two_people_or_a_group(config: Config) -> Iterator[tuple[str, str]]:
    """Being together takes two: two people, or a group; or nobody yet."""
    if config.get("aboutNobody") is not True and len(config.get("staffIds") or ()) < 2 and not config.get("groupIds"):
        yield "staffIds", "must name at least two people or a group"


def nobody_or_some(nobody: str, names: Sequence[str]) -> CrossRule:
    """What is about nobody names none."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        if config.get(nobody) is True and any(config.get(name) for name in names):
            yield nobody, f"must not be set where {' or '.join(names)} name somebody"

    return rule


def no_surplus_of_a_skill(config: Config) -> Iterator[tuple[str, str]]:
    """Nobody is one too many for having a skill: who has it may be there for something else."""
    if config.get("skillId") and config.get("tooManyWeight"):
        yield "tooManyWeight", "must be 0 where a skill is named"


def both_or_none(first: str, second: str) -> CrossRule:
    """Either field says something only beside the other."""

    def rule(config: Config) -> Iterator[tuple[str, str]]:
        for name, other in ((first, second), (second, first)):
            if config.get(name) is None and config.get(other) is not None:
                yield name, f"is required beside {other}"

    return rule


def no_hours_of_days_off(config: Config) -> Iterator[tuple[str, str]]:
    """Days off have no hours."""
    if config.get("from") is not None and config.get("shiftType") in ("off", "designated_off"):
        yield "from", "must not be set for days off, which have no hours"

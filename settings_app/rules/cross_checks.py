"""Rules between the fields of one object. Each is run only where every field by itself is right."""

from collections.abc import Iterator, Sequence

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


def needs_targets(config: Config) -> Iterator[tuple[str, str]]:
    """A scope other than ``all`` says whom it is about."""
    scope = config.get("scope")
    if scope not in (None, "all") and not config.get("targetIds"):
        yield "targetIds", f"must name at least one for the scope {scope}"


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


def two_people_or_a_group(config: Config) -> Iterator[tuple[str, str]]:
    """Being together takes two: two people, or a group."""
    if len(config.get("staffIds") or ()) < 2 and not config.get("groupIds"):
        yield "staffIds", "must name at least two people, or a group"

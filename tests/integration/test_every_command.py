"""Every command of ours with odd values of every option: one line that says what is wrong, never a traceback."""

from argparse import Action
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from tests.support.world import World

OURS = ("shiftsync.", "schedules", "settings_app", "staff", "backups")
LEFT_OUT = {
    "migrate": "Django's own, which takes its options as they are",
    "work": "runs until it is ended: its options are tried by what parses them, below",
}
ODD = (
    "",
    "\x00",
    "a\x0bb",
    "\udcff",
    "x",
    "-1",
    "0.5",
    "nan",
    "1e400",
    "9" * 30,
    "9" * 5000,
    "０",
    "x" * 3000,
    "/nowhere/x",
    "/",
)


def ours() -> dict[str, str]:
    """The names of our commands, with the apps that have them."""
    return {name: app for name, app in get_commands().items() if str(app).startswith(OURS)}


def options_of(name: str) -> list[Action]:
    """What the command itself takes, without what every command of Django's does."""
    command = load_command_class(ours()[name], name)
    parser = command.create_parser("manage.py", name)
    shared = {
        "help",
        "version",
        "verbosity",
        "settings",
        "pythonpath",
        "traceback",
        "no_color",
        "force_color",
        "skip_checks",
    }
    return [action for action in parser._actions if action.dest not in shared]


def command_lines(name: str) -> Iterator[list[str]]:
    """An odd value for each option in turn, beside what is required."""
    options = options_of(name)
    for option in options:
        if option.nargs == 0:
            continue
        others = [spelled(each, "x") for each in options if each.required and each is not option]
        for value in ODD:
            yield [*others, spelled(option, value)]


def spelled(option: Action, value: str) -> str:
    """The option as it is typed."""
    return f"{option.option_strings[0]}={value}" if option.option_strings else value


@pytest.mark.parametrize("name", sorted(ours().keys() - LEFT_OUT.keys()))
def test_command__odd_value_of_any_option__one_line(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in command_lines(name):
        told = refusal(name, line)
        assert len(told.splitlines()) <= 1, (line, told)
        assert told.isprintable(), ascii(told)


def refusal(name: str, line: list[str]) -> str:
    """What a command says to what it was given; blank where it takes it."""
    try:
        call_command(name, *line)
    except CommandError as refused:
        return str(refused)
    return ""


def test_work__odd_value_of_any_option__refused_before_it_begins() -> None:
    command = load_command_class(ours()["work"], "work")
    parser = command.create_parser("manage.py", "work")
    for option in options_of("work"):
        if option.nargs == 0 or option.type not in (int, float):
            continue
        for value in ("", "\x00", "x", "nan", "inf", "-1", "9" * 5000):
            with pytest.raises(CommandError):
                parser.parse_args([spelled(option, value)])


def test_commands__are_all_tried() -> None:
    assert len(ours()) > 15
    assert set(LEFT_OUT) <= ours().keys()

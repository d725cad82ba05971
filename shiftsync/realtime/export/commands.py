"""``docs/commands.md``: every command of ours, by what its parser says of it."""

from argparse import SUPPRESS, Action

from django.apps import apps
from django.core.management import get_commands, load_command_class

HEAD = """# Commands

Run each as `.venv/bin/python manage.py NAME` on the server, with its configuration. `manage.py export_protocol` generates this page from
the commands' help. A failure, of an argument or of the command itself, prints one line on standard error and exits with a non-zero code. With
`--json` a command prints its result as one JSON object on standard output.
"""
DJANGOS = (
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
)


def commands_document() -> str:
    """The text of the page."""
    ours = {config.name for config in apps.get_app_configs() if "site-packages" not in config.path}
    names = sorted(name for name, app in get_commands().items() if app in ours)
    return "\n".join([HEAD, *(_section(name) for name in names)])


def _section(name: str) -> str:
    command = load_command_class(get_commands()[name], name)
    actions = [each for each in command.create_parser("manage.py", name)._actions if each.dest not in DJANGOS]
    rows = [_row(each) for each in actions if each.help != SUPPRESS]
    table = ["| argument | |", "|---|---|", *rows] if rows else ["It takes no argument."]
    return "\n".join([f"## {name}", "", command.help, "", *table, ""])


def _row(action: Action) -> str:
    default = "" if action.default is None else str(action.default)
    text = (action.help or "").replace("%(default)s", default).replace("%(default)r", repr(action.default))
    if action.choices:
        text = f"{text} ({', '.join(map(str, action.choices))})"
    return f"| {_argument(action)} | {text}{'; required' if action.option_strings and action.required else ''} |"


def _argument(action: Action) -> str:
    metavar = action.metavar or action.dest
    name = (metavar if isinstance(metavar, str) else " ".join(metavar)).upper()
    if not action.option_strings:
        return f"`{name}`" if action.required else f"`[{name}]`"
    takes = "" if action.nargs == 0 else f" {name}{' ...' if action.nargs == '+' else ''}"
    return f"`{action.option_strings[-1]}{takes}`"

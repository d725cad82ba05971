"""What people may be shown by the pages that Django renders, read from the sources: what the catalogues must know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from settings_app.rules.shapes import Shape
from settings_app.rules.values import ListOf
from settings_app.tables import settings_tables
from shiftsync.config import ROOT
from shiftsync.core.wording import PATTERNS

PACKAGES = ("shiftsync", "staff", "settings_app", "backups", "schedules")
FUNCTIONS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "said": 1, "lazily": 1, "ngettext": 2}
REFUSALS = {"Forbidden", "NotFound", "ConflictError", "VersionLocked", "RateLimited", "Unavailable", "ValidationFailed"}
BY_FIELD = {"of": 1}
WARNING = (
    "schedules/generation/loading.py",
    "schedules/generation/loading_settings.py",
    "schedules/generation/unheard.py",
    "settings_app/rules/cross_checks.py",
    "settings_app/rules/rule_spellings.py",
    "settings_app/services/rows.py",
    "settings_app/services/checks.py",
    "backups/conditions.py",
)
"""The modules that warn."""
CALLED = {"where", "ABOUT_NOBODY", "DELETED", "GONE"}
"""Names of what warnings call a row, and of whole sentences."""
NOT_IN_THE_ADMIN = re.compile(
    r"management|archive|realtime/(socket|hub|protocol|api|export)|/api|/realtime/|v1|config\.py|browser_storage"
)


def sources() -> Iterator[Path]:
    """The modules that may speak to people through the admin's pages."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def called_messages() -> set[str]:
    """The literal messages of gettext and its like, in modules and in templates."""
    found: set[str] = set()
    for path in sources():
        found |= set(_calls(ast.parse(path.read_text())))
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")]:
        found |= set(_of_template(path.read_text()))
    return {message for message in found if message}


def refusals() -> set[str]:
    """The messages of the services' refusals; what they carry reads ``{}``."""
    found: set[str] = set()
    for path in sources():
        if not NOT_IN_THE_ADMIN.search(str(path.relative_to(ROOT))):
            found |= {message for message in _refused(ast.parse(path.read_text())) if message}
    return found


def warnings() -> set[str]:
    """What is told beside an answer: by the generator of what it passes over, by the settings of what will have no effect; and what is
    wrong between the fields of one object. What they carry reads ``{}``."""
    found: set[str] = set()
    for name in WARNING:
        found |= {message for message in _warned(ast.parse((ROOT / name).read_text())) if " " in message}
    return found


def labels() -> set[str]:
    """What the settings' descriptions call their fields, helps and words."""
    found: set[str] = set()
    for table in settings_tables():
        found |= {table.title, table.row.title.lower(), table.row.title}
        for shape in (table.row, *table.configs.values()):
            found |= set(_of_shape(shape))
    return {label for label in found if label}


def patterns() -> set[str]:
    """The messages that carry something."""
    return set(PATTERNS)


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            for argument in node.args[: FUNCTIONS.get(name, 0)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _of_template(text: str) -> Iterator[str]:
    """Django's own reading of a template for xgettext, read again."""
    source = templatize(text)
    for plural in re.finditer(r"ngettext\(u?(['\"])(.+?)\1,\s*u?(['\"])(.+?)\3", source, re.DOTALL):
        yield _unescaped(plural[2])
        yield _unescaped(plural[4])
    for single in re.finditer(r"(?<!n)gettext\(u?(['\"])(.+?)\1\)|(?<![a-z])_\((['\"])(.+?)\3\)", source, re.DOTALL):
        yield _unescaped(single[2] or single[4])


def _unescaped(text: str) -> str:
    return text.replace("\\'", "'").replace('\\"', '"')


def _refused(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Name) and function.id in REFUSALS:
            yield from (text_of(argument) for argument in node.args[:1])
        elif (isinstance(function, ast.Attribute) and function.attr == "of" and len(node.args) == 2) or (
            isinstance(function, ast.Name) and function.id == "ShapeError" and len(node.args) == 2
        ):
            yield text_of(node.args[1])


def _warned(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("append", "extend")
        ):
            holder = node.func.value
            if "warnings" in (getattr(holder, "attr", ""), getattr(holder, "id", "")):
                yield from _texts(node.args[0])
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield from _texts(node.value.elts[-1])
        elif isinstance(node, ast.Yield | ast.Return) or (isinstance(node, ast.Assign) and _is_called(node)):
            yield from _texts(node.value)


def _is_called(node: ast.Assign) -> bool:
    return isinstance(node.targets[0], ast.Name) and node.targets[0].id in CALLED


def _texts(node: ast.expr | None) -> Iterator[str]:
    """A sentence, or those of a list, of a comprehension, of a choice."""
    if node is None:
        return
    if isinstance(node, ast.List):
        for each in node.elts:
            yield from _texts(each)
    elif isinstance(node, ast.ListComp | ast.GeneratorExp):
        yield from _texts(node.elt)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    else:
        yield text_of(node)


def text_of(node: ast.expr) -> str:
    """The text of a literal; what it carries reads ``{}``."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return "".join(map(str, parts))
    return ""


def _of_shape(shape: Shape) -> Iterator[str]:
    yield shape.title
    for known in shape.fields.values():
        yield from (known.label, known.help)
        kind = known.value.item if isinstance(known.value, ListOf) else known.value
        if isinstance(kind, Shape):
            yield from _of_shape(kind)
        for words in ("options", "words"):
            yield from (str(word).replace("_", " ") for word in getattr(kind, words, ()))

"""Every sentence that a refusal, or what is told beside an answer, may carry to a client: what pages must know in Japanese.

The services' own refusals are read by their calls (``messages.refusals``). Here all sentences count that stand in modules which answer
clients, however they come to be raised: as a constant, as an entry of a dictionary, returned by a check.
"""

import ast
import re
from collections.abc import Iterator

from shiftsync.config import ROOT
from tests.support.messages import sources, text_of

SILENT = re.compile(
    r"management/|archive/|config\.py|settings\.py|/admin/|admin\w*\.py|openapi\.py|/export/|demo/|generation/|v1"
    r"|core/(checks|commands|outward|metrics)|tenants/fencing|rules/defaults|realtime/(socket/greeting|hub/room)|notices/sending"
    r"|hooks/notices|accounts/|services/replacing"
)
"""Who speaks to operators, of the API's document, in letters, in forms that have their own catalogue, or to version 1 clients alone;
of a table's cells, which the page tells by their parts; and why a client syncs in full, which it tells in its own words."""
BY_PARTS = "exports/sheet_tables.py"
SAID_ELSEWHERE = {"help_text", "description", "help", "title", "summary", "label", "verbose_name"}
DOCUMENTS = {
    "documented",
    "described",
    "OpenApiParameter",
    "Field",
    "RuntimeError",
    "ImproperlyConfigured",
    "ValueError",
    "TypeError",
}
LOG = {"debug", "info", "warning", "error", "exception"}
SENTENCE = re.compile(r"[A-Z{「\"'][^\n]* [^\n]*\.", re.DOTALL)
NO_REFUSAL = {
    "Only these people.",
    "Only those of these people: who give a shift away, were asked, or take it.",
    "Of a need by the hour, `HH:MM`.",
    "The {}.",
    "One of the {}.",
    "A `{}` in the log.",
    "The answer to a change; the same as the payload of an `ACK` message.",
    "How many wishes each of the staff may have in a period that says nothing else; null: any.",
    "Whether staff may swap shifts with each other, and whether a manager has to approve.",
    "What it may do of what its user may: by area, and `*` for everything. To write is to read as well.",
    "Names of events, areas (`staff.*`) or all (`*`); `GET /api/webhooks/events/` lists them.",
    "{} left out.",
}
"""What the document of the API says of parameters and fields; and the count in front of what a version 1 client's cells were left out for."""


def spoken() -> set[str]:
    """The sentences, with ``{}`` for what they carry."""
    found: set[str] = set()
    for path in sources():
        name = str(path.relative_to(ROOT))
        if not SILENT.search(name) and name != f"schedules/{BY_PARTS}":
            found |= set(_sentences(ast.parse(path.read_text())))
    return found - NO_REFUSAL


def _sentences(tree: ast.AST) -> Iterator[str]:
    unsaid = {id(part) for node in ast.walk(tree) for part in _unsaid(node)}
    for node in ast.walk(tree):
        if id(node) not in unsaid and isinstance(node, ast.Constant | ast.JoinedStr):
            text = re.sub(r"\{\w+\}", "{}", text_of(node))
            if SENTENCE.fullmatch(text):
                yield text


def _unsaid(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, what is written into the log, into the API's document or raised at programmers; and the pieces of a sentence."""
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.keyword) and node.arg in SAID_ELSEWHERE:
        yield from ast.walk(node.value)
    elif isinstance(node, ast.Call):
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name in DOCUMENTS or (isinstance(function, ast.Attribute) and name in LOG):
            yield from (part for argument in node.args for part in ast.walk(argument))

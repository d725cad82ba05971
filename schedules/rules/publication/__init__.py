"""What is published is a document: made from the facts of the day, kept, compared, and read by all who only look."""

from schedules.rules.publication.building import Heading, build_document
from schedules.rules.publication.comparing import DocumentChanges, changes_between
from schedules.rules.publication.document import (
    Blank,
    Cover,
    Document,
    Person,
    cover_payload,
    document_from,
    person_from,
)
from schedules.rules.publication.meaning import PublishedGrid
from schedules.rules.publication.narrowing import about, changes_about, colleagues
from schedules.rules.publication.personal import changes_by_person, day_with

__all__ = [
    "Blank",
    "Cover",
    "Document",
    "DocumentChanges",
    "Heading",
    "Person",
    "PublishedGrid",
    "about",
    "build_document",
    "changes_about",
    "changes_between",
    "changes_by_person",
    "colleagues",
    "cover_payload",
    "day_with",
    "document_from",
    "person_from",
]

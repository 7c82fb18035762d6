"""What an interview page carries beside the conversation: contact entries and image credits.

They belong to no answer, and are kept as the interview's metadata.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.records import Contact, Span

_CONTACT_HEADING = re.compile(
    r"[#*_\s]*(?:contact(?:\s+info(?:rmation)?|\s+details)?|connect(?:\s+with\s+.{1,40})?|social media|"
    r"(?:find|follow)\s+.{1,40}\s+(?:online|here|at|on))[:*_\s]*",
    re.IGNORECASE,
)
_CREDITS_HEADING = re.compile(
    r"[#*_\s]*(?:image|photo|picture|photography|photographer)s?(?:\s+(?:credit|courtes)\w*)?(?:\s+by)?[:*_\s]*",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"[-*•\s]*([^\W\d_][\w /&+.’'-]{0,30}?)\s*:\s+(\S.*)")
_BARE_ENTRY = re.compile(r"[-*•\s]*((?:https?://|www\.)\S+|@[\w.]+|[\w.+-]+@[\w-]+\.[\w.]+)")


@dataclass(frozen=True, slots=True)
class Asides:
    """Contacts and credits of one text, and ``spans``: all paragraphs they take up, headings included."""

    contacts: tuple[Contact, ...]
    credits: tuple[Span, ...]
    spans: frozenset[Span]


def find_asides(text: str, paragraphs: Sequence[Span]) -> Asides:
    """Set aside contact entries under a contact heading, and everything under an image-credits heading."""
    contacts: list[Contact] = []
    image_credits: list[Span] = []
    spans: set[Span] = set()
    section = None
    for paragraph in paragraphs:
        heading = _heading(paragraph.of(text))
        entry = _contact(text, paragraph) if section == "contact" else None
        if heading:
            section = heading
        elif entry:
            contacts.append(entry)
        elif section == "credits":
            image_credits.append(paragraph)
        else:
            section = None
        if section:
            spans.add(paragraph)
    return Asides(tuple(contacts), tuple(image_credits), frozenset(spans))


def _heading(line: str) -> str | None:
    if _CONTACT_HEADING.fullmatch(line):
        return "contact"
    return "credits" if _CREDITS_HEADING.fullmatch(line) else None


def _contact(text: str, paragraph: Span) -> Contact | None:
    line = paragraph.of(text)
    if match := _ENTRY.fullmatch(line):
        return Contact(match.group(1), match.group(2).strip(), paragraph)
    if match := _BARE_ENTRY.fullmatch(line):
        return Contact("Link", match.group(1), paragraph)
    return None

"""What an interview page carries beside the conversation: contact entries and image credits.

They belong to no answer, and are kept as the interview's metadata.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.questions import is_question
from rag.records import Contact, Span

_CONTACT_HEADING = re.compile(
    r"[#*_\s]*(?:contact(?:\s+info(?:rmation)?|\s+details)?|connect(?:\s+with\s+.{1,40})?|social media|"
    r"(?:find|follow)\s+.{1,40}\s+(?:online|here|at|on))[:*_\s]*",
    re.IGNORECASE,
)
_CREDITS_HEADING = re.compile(
    r"[#*_\s]*(?:image|photo|picture|photography|photographer)s?\s+(?:credit|courtes|by\b)\w*(?P<whose>.*)",
    re.IGNORECASE,
)
_LONGEST_ENTRY = 120
_ENTRY = re.compile(r"[-*•\s]*([^\W\d_][\w /&+.’'-]{0,30}?)\s*:\s+(\S.*)")
_BARE_ENTRY = re.compile(r"[-*•\s]*((?:https?://|www\.)\S+|@[\w.]+|[\w.+-]+@[\w-]+\.[\w.]+)")


@dataclass(frozen=True, slots=True)
class Asides:
    """Contacts and credits of one text, and ``spans``: all paragraphs they take up, headings included."""

    contacts: tuple[Contact, ...]
    credits: tuple[Span, ...]
    spans: frozenset[Span]


def find_asides(text: str, paragraphs: Sequence[Span]) -> Asides:
    """Set aside contact entries under a contact heading, and what stands under an image-credits heading.

    Credits may also stand on the line of their heading. A question ends them: the conversation goes on there.
    """
    contacts: list[Contact] = []
    image_credits: list[Span] = []
    spans: set[Span] = set()
    section = None
    for paragraph in paragraphs:
        heading, complete = _heading(paragraph.of(text))
        entry = _contact(text, paragraph) if section == "contact" else None
        if complete:
            image_credits.append(paragraph)
            spans.add(paragraph)
            section = None
        elif heading:
            section = heading
        elif entry:
            contacts.append(entry)
        elif section == "credits" and not is_question(paragraph.of(text)):
            image_credits.append(paragraph)
        else:
            section = None
        if section:
            spans.add(paragraph)
    return Asides(tuple(contacts), tuple(image_credits), frozenset(spans))


def _heading(line: str) -> tuple[str | None, bool]:
    """The section that a line begins, and whether the line is all there is of it ("Photos by Ann Lee")."""
    if len(line) > _LONGEST_ENTRY or line.endswith("?"):
        return None, False
    if _CONTACT_HEADING.fullmatch(line):
        return "contact", False
    match = _CREDITS_HEADING.fullmatch(line)
    return ("credits", bool(match["whose"].strip(" :*_"))) if match else (None, False)


def _contact(text: str, paragraph: Span) -> Contact | None:
    line = paragraph.of(text)
    if len(line) > _LONGEST_ENTRY or line.endswith((".", "?", "!")):
        return None
    if match := _ENTRY.fullmatch(line):
        return Contact(match.group(1), match.group(2).strip(), paragraph)
    if match := _BARE_ENTRY.fullmatch(line):
        return Contact("Link", match.group(1), paragraph)
    return None

"""Who asks on a page without labels: names of whom the page says that they asked, or only that they wrote it."""

import re
from collections.abc import Iterable, Sequence

from rag.matter import is_biography, is_byline, is_caption
from rag.names import NAME
from rag.personal import bare_name, flowing, full_names, is_among, is_person
from rag.records import Stated

_LONGEST = 1200
_ASKED_BY = re.compile(
    rf"(?:(?i:interview(?:ed)?|conducted|questions(?: asked)?|asked|conversation)(?:,? (?:and|&) \w+)?(?i: was)?"
    rf"(?i: conducted)? (?i:by)|(?i:propos recueillis par|(?:gespräch|interview) führten?|"
    rf"entrevista (?:realizada )?por|intervista di|as told to|"
    rf"(?:our|staff) (?:\w+ )?(?:reporter|writer|editor|correspondent|columnist|contributor|intern|critic),?))"
    rf"[: ]+({NAME})"
)
_POSED = re.compile(
    rf"(?<![\w’'-])({NAME})(?:, [^.\r\n]{{1,90}},)? (?i:(?:put|asked|posed) (?:\w+ ){{0,3}}questions|did the asking|"
    rf"conducted (?:the|this) interview)"
)
_LINE = re.compile(
    rf"(?i:interview|gespräch|entrevista|intervista|entretien|interviewer(?:in)?|questions):? ({NAME})[., ]*"
)
_SPOKE = (
    r"(?:asked|sat down with|spoke (?:to|with)|talked (?:to|with)|(?:has|have) been talking (?:to|with)|"
    r"chatted (?:to|with)|caught up with|interviewed|interviews|met up with|met|meets|visited|called upon|called on|"
    r"called|rang|phoned|spent [\w ,]{1,40} with|sits down with|talks to|speaks (?:to|with))"
)
_SUBJECT = re.compile(
    rf"(?<![\w’'-])({NAME})(?:, [^,.\r\n]{{1,60}},)? (?:(?i:recently|has|have|also|then|,) )?(?i:{_SPOKE})[ \u00a0]+"
    rf"(?:(?:her|him|them|the (?:wo)?man who)\b|(?:[a-z][\w-]*,?[ \u00a0]+){{0,8}}({NAME}))"
)
_ANSWERED = re.compile(rf"\b(?:[Ss]he|[Hh]e|[Tt]hey) (?:spoke|talked|chatted|told|speaks|talks) (?:to |with )?({NAME})")
_PICTURES = re.compile(r"\W*\b(?:photo|picture|image|illustration|foto|bild)\w*\b.*", re.IGNORECASE)
WRITES = re.compile(
    r"\b(?:writer|writes|editor|edits|journalist|reporter|reports|author|contributor|columnist|correspondent|critic|"
    r"blogger|blogs|producer|staff|journalistin|autor\w*|redak\w+|periodista|giornalista)\b"
)
"""What biographies of those say who write, rather than are interviewed."""
_SIGNED = re.compile(rf"(?:--|[—–])[ ]?({NAME})[.]?\Z")
_AUTHOR = re.compile(r"(?:author|byline|writer|editor|photographer)s?:", re.IGNORECASE)


def find_interviewer(
    notes: Sequence[str], stated: Stated, guest: str | None, *, narrated: Sequence[str] = ()
) -> str | None:
    """Who asks, where ``notes``, which are what nobody says, tell it.

    A page's author is not always who asked; but is where some of the notes are ``narrated``, in the first person.
    """
    names = [*stated.hosts, *find_askers(words for words in notes if len(words) < _LONGEST)]
    others = _without(guest, names)
    if not others and narrated:
        others = _without(guest, _authors(notes)) or _without(guest, _signers(narrated))
    return others[0] if len(others) == 1 else None


def _without(guest: str | None, names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if not (guest and is_among(name, [guest]))]


def _authors(notes: Sequence[str]) -> list[str]:
    """Who wrote the page, by its byline or its front matter, or else by the biography below it."""
    lines = [_PICTURES.sub("", flowing(line)) for line in notes if len(line) < _LONGEST and not is_caption(line)]
    stated = full_names(line for line in lines if is_byline(line) or _AUTHOR.match(line))
    return [name for name in stated if is_person(name)] or find_portrayed(line for line in notes if WRITES.search(line))


def _signers(narrated: Sequence[str]) -> list[str]:
    """Who signs what is told in the first person."""
    return [match[1] for words in narrated if (match := _SIGNED.search(flowing(words)))]


def find_askers(texts: Iterable[str], *, titles: bool = False) -> list[str]:
    """Those of whom a text says that they asked; in a title, "Interview: Ann Lee" names the guest."""
    names: list[str] = []
    for text in map(flowing, texts):
        names += [match[1] for match in _ASKED_BY.finditer(text)]
        names += [match[1] for match in [_LINE.fullmatch(text)] if match and not titles]
        names += [match[1] for match in _POSED.finditer(text)]
        names += [match[1] for match in _ANSWERED.finditer(text)]
        names += [match[1] for match in _SUBJECT.finditer(text) if not match[2] or is_person(bare_name(match[2]))]
    bare = [bare_name(name) for name in names]
    return [name for name in dict.fromkeys(bare) if " " in name and is_person(name)]


def find_writers(lines: Iterable[str]) -> list[str]:
    """Names of who wrote or photographed, in lines of their own or in front matter."""
    return full_names(
        flowing(line)
        for line in lines
        if len(line) < 400 and (is_byline(line) or is_caption(line) or _AUTHOR.match(line))
    )


def find_portrayed(lines: Iterable[str]) -> list[str]:
    """Names of whom biographies tell: the writer, or the guest once more."""
    return full_names(flowing(line)[:60] for line in lines if is_biography(line))

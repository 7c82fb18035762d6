"""Correcting step by step: to rename, merge and swap speakers and to set a role, each on top of what was corrected.

Names may be typed as they are now or as they were found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.corrections import Correction, Part, Voice, apply, check_line, meant, parts_of, voices
from rag.errors import ReadError, UnknownNameError
from rag.records import UNKNOWN_SPEAKER, Interview, Role


def rename(correction: Correction, found: Interview, old: str, new: str) -> Correction:
    """Call ``old`` (a name as it is now, or as it was found) by another name; who has that name already is one with it.

    Raises:
        UnknownNameError: nobody is called ``old``.
        ValueError: ``new`` is no name.
    """
    new = new.strip()
    check_line(new)
    parts = parts_of(found, correction)
    chosen = _called(old, found, parts)
    return _renamed(correction, found, parts, dict.fromkeys(chosen, new))


def merge(correction: Correction, found: Interview, names: Sequence[str]) -> Correction:
    """Make all of ``names`` one person with the last one's name, which may be a new one.

    Raises:
        UnknownNameError: one of the others is nobody's name.
        ValueError: there are fewer than two.
    """
    if len(names) < 2:
        raise ValueError("two names or more are needed, the last of them for all")
    parts = parts_of(found, correction)
    chosen = [voice for name in names[:-1] for voice in _called(name, found, parts)]
    last = names[-1].strip()
    check_line(last)
    try:
        into = parts[_called(last, found, parts)[0]].name
    except UnknownNameError:
        into = last
    return _renamed(correction, found, parts, dict.fromkeys(chosen, into))


def swap(correction: Correction, found: Interview, one: str, other: str) -> Correction:
    """Exchange two names throughout.

    Raises:
        UnknownNameError: one of them is nobody's name.
        ValueError: both are the same person's.
    """
    parts = parts_of(found, correction)
    first, second = _called(one, found, parts), _called(other, found, parts)
    if set(first) & set(second):
        raise ValueError(f"“{one}” and “{other}” are one speaker, with nobody to swap")
    names = dict.fromkeys(first, parts[second[0]].name) | dict.fromkeys(second, parts[first[0]].name)
    return _renamed(correction, found, parts, names, keep_roles=True)


def set_role(correction: Correction, found: Interview, name: str, role: Role) -> Correction:
    """Say whether somebody asks or answers.

    Raises:
        UnknownNameError: nobody is called ``name``.
        ValueError: there is no such role.
    """
    parts = parts_of(found, correction)
    chosen = _called(name, found, parts)
    keys = dict.fromkeys(_role_key(voice, parts[voice]) for voice in chosen)
    folded = {key.casefold() for key in (*keys, *chosen)}
    others = [each for each in correction.roles if each[0].casefold() not in folded]
    return replace(correction, roles=(*others, *((key, role) for key in keys)))


def changed(found: Interview, before: Correction, after: Correction, *, sidecar: str) -> Interview:
    """The interview with one correction in place of another; it is to be written to ``sidecar``, but is not yet.

    Raises:
        ReadError: nobody would be left who answers; or nobody who asks, where somebody did and was not said not to.
    """
    try:
        interview = apply(found, after, sidecar=sidecar)
    except ReadError as error:
        remedy = "Merge into the one who answers, or give somebody the role interviewee."
        reason = "nobody who answers would be left, so nothing is written"
        raise ReadError(found.source.name, reason, remedy) from error
    if after and not any(turn.role == "interviewer" for turn in interview.turns):
        _check_nobody_asks(before, after, parts_of(found, before), parts_of(found, after), found.source.name)
    return interview


def _check_nobody_asks(
    before: Correction, after: Correction, old: Mapping[str, Part], new: Mapping[str, Part], source: str
) -> None:
    """Refuse that nobody asks any more, unless a role that is set now says so."""
    asking = [voice for voice, part in old.items() if part.role == "interviewer"]
    set_now = {name.casefold() for name, _ in set(after.roles) - set(before.roles)}
    if asking and not any({voice.casefold(), new[voice].name.casefold()} & set_now for voice in asking):
        remedy = (
            "Merge into the one who asks, or give somebody the role interviewer; "
            f"if nobody asks, first give “{_role_key(asking[0], old[asking[0]])}” the role interviewee."
        )
        raise ReadError(source, "nobody who asks would be left, so nothing is written", remedy)


def _renamed(
    correction: Correction,
    found: Interview,
    parts: Mapping[str, Part],
    names: Mapping[str, str],
    *,
    keep_roles: bool = False,
) -> Correction:
    """The correction with new ``names`` for some voices; a role that was set goes with the person, not with the name.

    With ``keep_roles`` it stays with the name.
    """
    keys = [part.key for part in parts.values()]
    entries = {
        _entry_key(voice, parts[voice.name], keys): names.get(voice.name, parts[voice.name].name)
        for voice in voices(found)
    }
    default = {_entry_key(voice, parts[voice.name], keys): voice.shown for voice in voices(found)}
    strangers = {name: to for name, to in correction.speakers if name not in keys and name not in entries}
    kept = {name: entries[name] for name, _ in correction.speakers if name in entries}
    changed = {name: to for name, to in (kept | entries).items() if to != default[name]}
    roles = correction.roles if keep_roles else _moved_roles(correction.roles, parts, names)
    return replace(correction, speakers=tuple((strangers | changed).items()), roles=roles)


def _moved_roles(
    roles: tuple[tuple[str, Role], ...], parts: Mapping[str, Part], names: Mapping[str, str]
) -> tuple[tuple[str, Role], ...]:
    """The roles that were set, under the new names; of two that are merged, the one whose name stays has its role."""
    stay = {part.name.casefold() for voice, part in parts.items() if voice not in names}
    to = {key.casefold(): new for voice, new in names.items() for key in (_role_key(voice, parts[voice]), voice)}
    moved: dict[str, tuple[str, Role]] = {}
    for name, role in sorted(roles, key=lambda each: each[0].casefold() in to):
        new = name if name.casefold() in stay else to.get(name.casefold(), name)
        moved.setdefault(new.casefold(), (new, role))
    return tuple(moved.values())


def _entry_key(voice: Voice, part: Part, keys: Sequence[str | None]) -> str:
    """The entry that names a voice: the one there is, unless it names others too."""
    return part.key if part.key is not None and keys.count(part.key) == 1 else voice.name


def _role_key(voice: str, part: Part) -> str:
    return voice if part.name == UNKNOWN_SPEAKER else part.name


def _called(name: str, found: Interview, parts: Mapping[str, Part]) -> list[str]:
    """The voices that bear a name, as they are called now or else as they were found."""
    folded = name.strip().casefold()
    now = [voice for voice, part in parts.items() if part.name.casefold() == folded and part.name != UNKNOWN_SPEAKER]
    chosen = now or [voice.name for voice in meant(name, voices(found))]
    if not chosen:
        known = dict.fromkeys(_role_key(voice, part) for voice, part in parts.items())
        raise UnknownNameError("speaker", name, tuple(known))
    return chosen

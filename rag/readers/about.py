"""What a file says about its interview beside the conversation: title, date, links, and who took part as what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rag.readers.segments import clean
from rag.source import Stated

_FIELDS = {
    "title": "title episodetitle interviewtitle headline".split(),
    "date": "date published publishedat pubdate datepublished recorded recordedon recordedat recordingdate".split(),
    "link": "link url permalink weburl episodeurl".split(),
    "recording": "recording recordingurl audio audiourl audiofile media mediaurl mediafile video videourl".split(),
}
_HOSTS = frozenset("host hosts cohost cohosts interviewer interviewers moderator moderators".split())
_GUESTS = frozenset("guest guests interviewee interviewees respondent respondents narrator informant".split())
_MAPS = "speakers speakermap speakernames speakerlabels participants voices people".split()
_IDENTITIES = "id speaker speakerid key label tag index code".split()
_NAMES = "name fullname displayname speakername title".split()
_SCOPES = "metadata meta episode interview info header".split()
_LONGEST = 500


@dataclass(slots=True)
class _Cast:
    """Who takes part, while it is collected; ``forms`` are the short forms that stand for names."""

    hosts: list[str] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)

    def add(self, name: object, role: object = "", form: object = "") -> None:
        if not isinstance(name, str) or not (name := clean(name[:_LONGEST])):
            return
        kind = plain_key(role) if isinstance(role, str) else ""
        people = self.hosts if kind in _HOSTS else self.guests if kind in _GUESTS else self.people
        people.append(name)
        if isinstance(form, str | int) and not isinstance(form, bool) and str(form) not in ("", name):
            self.forms.setdefault(str(form).strip(), name)


@lru_cache(maxsize=1024)
def plain_key(key: str) -> str:
    """A field's name as it is compared: ``start_time``, ``startTime`` and ``Start Time`` are the same."""
    return "".join(character for character in key[:80].casefold() if character.isalnum())


def stated_by(entries: Mapping[str, object]) -> Stated:
    """What the fields of a file's head say, its map of speakers among them; fields it does not know are passed over."""
    entries = {plain_key(key): value for key, value in entries.items()}
    cast = _Cast()
    scopes = [entries, *(_plain_keys(entries[scope]) for scope in _SCOPES if scope in entries)]
    told: dict[str, str] = {}
    for scope in scopes:
        for name, keys in _FIELDS.items():
            told[name] = told.get(name) or next((text for key in keys if (text := _text(scope.get(key)))), "")
        _collect(scope, cast)
    roles = {*cast.hosts, *cast.guests}
    people = tuple(dict.fromkeys(name for name in cast.people if name not in roles))
    return Stated(
        told["title"],
        told["date"],
        told["link"],
        told["recording"],
        tuple(dict.fromkeys(cast.hosts)),
        tuple(dict.fromkeys(cast.guests)),
        people,
        tuple(cast.forms.items()),
    )


def _plain_keys(value: object) -> dict[str, object]:
    return {plain_key(str(key)): found for key, found in value.items()} if isinstance(value, dict) else {}


def _collect(scope: Mapping[str, object], cast: _Cast) -> None:
    """Add the hosts and guests of one scope, and its maps of speakers."""
    for role in sorted(_HOSTS | _GUESTS):
        for person in _listed(scope.get(role)):
            cast.add(_named(person), role)
    for key in _MAPS:
        _collect_map(scope.get(key), cast)


def _collect_map(speakers: object, cast: _Cast) -> None:
    """A map from forms to names or to people, a list of people, or a list of names."""
    if isinstance(speakers, dict):
        for form, person in speakers.items():
            cast.add(_named(person), _role(person), form)
        return
    for person in speakers if isinstance(speakers, list) else ():
        known = _plain_keys(person)
        form = next((known[key] for key in _IDENTITIES if isinstance(known.get(key), str | int)), "")
        cast.add(_named(person), _role(person), form)


def _named(person: object) -> object:
    if not isinstance(person, dict):
        return person
    known = _plain_keys(person)
    return next((known[key] for key in _NAMES if isinstance(known.get(key), str)), None)


def _role(person: object) -> object:
    return _plain_keys(person).get("role", "")


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else (value,)


def _text(value: object) -> str:
    """A text, or the address that a link or recording is given by."""
    if isinstance(value, dict):
        known = _plain_keys(value)
        value = known.get("url") or known.get("src") or known.get("href")
    return clean(value[:_LONGEST]) if isinstance(value, str) else ""

"""Front matter: the block of YAML or TOML at the head of a Markdown file, in which sites keep title, date and guests.

What cannot be read there is no error: the block is then only text that nobody says.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from rag.source import Stated

_YAML = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LONGEST = 20_000
_DEEPEST = 20
"""Lists and tables within one another; no page is about that much."""
_HOSTS = ("host", "hosts", "interviewer", "interviewers", "interviewed_by", "moderator", "moderators", "presenter")
_GUESTS = ("guest", "guests", "interviewee", "interviewees", "narrator", "respondent", "subject_name")
_PEOPLE = ("speakers", "speaker", "participants", "people", "panelists", "panellists", "panel", "featuring", "with")
_RECORDINGS = ("recording", "audio", "audio_url", "video", "media", "mp3", "enclosure", "audio_file", "media_url")
_LINKS = ("link", "url", "permalink", "canonical", "canonical_url", "source")
_NAME_KEYS = ("name", "title", "full_name")


def find_front_matter(text: str) -> tuple[int, Stated]:
    """Where the front matter ends (0: there is none), and what it states."""
    if match := _YAML.match(text[:_LONGEST]):
        return match.end(), stated(_loaded(match[1]))
    if match := _TOML.match(text[:_LONGEST]):
        return match.end(), stated(_parsed(match[1]))
    return 0, Stated()


def stated(values: Mapping[str, Any]) -> Stated:
    """Title, date, links and people, from the keys under which sites keep them."""
    by_key = {str(key).casefold().replace("-", "_").replace(" ", "_"): value for key, value in values.items()}
    return Stated(
        title=_first(by_key, ("title",)),
        date=_first(by_key, ("date", "published", "pubdate", "recorded", "interview_date")),
        link=_first(by_key, _LINKS),
        recording=_first(by_key, _RECORDINGS),
        hosts=_people(by_key, _HOSTS),
        guests=_people(by_key, _GUESTS),
        people=_people(by_key, _PEOPLE),
        forms=tuple(_forms(by_key)),
    )


def _loaded(block: str) -> Mapping[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        values = yaml.load(block, Loader=loader) if _is_plain(yaml.parse(block, Loader=loader)) else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _is_plain(events: Iterable[yaml.Event]) -> bool:
    """Whether YAML says nothing twice by an alias (a few of them can stand for billions of names), and is not deep."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _parsed(block: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _first(values: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = values.get(key)
        if value is not None and not isinstance(value, (list, dict)) and str(value).strip():
            return str(value).strip()
    return ""


def _people(values: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for key in keys for name in _names(values.get(key))))


def _names(value: Any) -> Iterator[str]:
    """The names in one value: a string with commas, a list, or a list of tables with a name each."""
    if isinstance(value, str):
        yield from (part.strip() for part in re.split(r"[,;&]|\band\b", value) if part.strip())
    elif isinstance(value, list):
        for each in value[:200]:
            if isinstance(each, str):
                yield from filter(None, [each.strip()])
            elif isinstance(each, dict):
                yield from _names(each)
    elif isinstance(value, dict):
        found = next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), None)
        if found:
            yield found.strip()
        else:
            yield from (each.strip() for each in value.values() if isinstance(each, str) and each.strip())


def _forms(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Labels tied to names, as in ``speakers: {AL: Ann Lee}``."""
    for key in (*_HOSTS, *_GUESTS, *_PEOPLE):
        table = values.get(key)
        if isinstance(table, dict) and not any(isinstance(table.get(name), str) for name in _NAME_KEYS):
            yield from (
                (str(form), name.strip()) for form, name in table.items() if isinstance(name, str) and name.strip()
            )

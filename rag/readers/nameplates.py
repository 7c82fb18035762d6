"""Which elements of a web page name a speaker, rather than hold words.

An element may name one if its class or its data attributes say so, or if it is a ``cite`` or a ``dt``. Elements with
one tag and class are judged together: names are short, are no questions, and (where the class says only "name" or
"author") recur.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from rag.readers.composing import only_times, readable
from rag.readers.elements import Element
from rag.readers.tables import LONGEST_NAME, is_name

_TAGS = frozenset("a b cite dd div dt em figcaption h1 h2 h3 h4 h5 h6 i li p small span strong td th u".split())
_SAYS_SO = frozenset("speaker speakers interviewer interviewee participant moderator speakername".split())
_MAY_SAY_SO = frozenset("name author who host guest person username".split())
_HOLDS_WORDS = frozenset("text texts words content body time times timestamp title role bio avatar image".split())
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ROLE_ATTRIBUTES = frozenset("data-role data-type data-testid data-field data-name data-kind itemprop role".split())
_TAIL = re.compile(r"[\s:：|]*\Z")
_STRAY = 0.05
"""The share of elements of one kind that may be something else, such as a long line that got the wrong class."""
_FEW_PARTS = 50
"""Elements; what holds more is no name."""

Group = tuple[str, str]


def find_nameplates(root: Element, left_out: Collection[Element]) -> frozenset[Element]:
    """The elements that name whoever says what follows them; nothing within ``left_out`` is looked at."""
    names: defaultdict[Group, dict[Element, str]] = defaultdict(dict)
    others: Counter[Group] = Counter()
    for element in _shown(root, left_out):
        if (group := _group(element)) is None:
            continue
        if is_name(text := _short_text(element)):
            names[group][element] = text
        elif text or element.weight:
            others[group] += 1
    chosen = {element for group, found in names.items() if _speaks(group, found, others[group]) for element in found}
    return frozenset(element for element in chosen if chosen.isdisjoint(islice(element.within(), 1, None)))


def _shown(root: Element, left_out: Collection[Element]) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element not in left_out:
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


def _group(element: Element) -> Group | None:
    """What is judged together with this element; none if nothing says that it is a name."""
    tag, attributes = element.tag, element.attributes()
    if tag not in _TAGS:
        return None
    name = attributes.get("data-speaker") or attributes.get("data-name")
    if name and name.casefold() == _short_text(element).casefold():
        return tag, "speaker"
    said = " ".join(value for key, value in attributes.items() if key == "class" or key in _ROLE_ATTRIBUTES)
    for word in said.split():
        parts = {part.lower() for part in _PARTS.findall(word)}
        if parts & (_SAYS_SO | _MAY_SAY_SO) and not parts & _HOLDS_WORDS:
            return tag, said
    return (tag, "") if tag in ("cite", "dt") else None


def _speaks(group: Group, found: Mapping[Element, str], others: int) -> bool:
    """Whether these names are those of speakers; ``others`` elements of their kind hold no name."""
    if others > _STRAY * (len(found) + others):
        return False
    parts = {part.lower() for part in _PARTS.findall(group[1])}
    return bool(parts & _SAYS_SO) or len({name.casefold() for name in found.values()}) < len(found)


def _short_text(element: Element) -> str:
    """The element's text without times and without a colon at its end; empty if it is too long for a name."""
    if element.weight > 2 * LONGEST_NAME or any(True for _ in islice(element.within(), _FEW_PARTS, None)):
        return ""
    words = [word for word in readable(element.text()).split() if not only_times(word)]
    return _TAIL.sub("", " ".join(words))

"""The parts of a web page: which hold the conversation, and which are menus, page heads and feet, or asides."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from rag.readers.elements import Element

UNREAD = frozenset(
    "audio base canvas embed head iframe input link map meta math noscript object option optgroup rp script select "
    "style svg template textarea title video".split()
)
"""Elements that hold no words for a reader, or none of the page's own."""

MOST = 0.5
"""The share of a page's words from which on a part is the page itself, whatever it is called."""
_MUCH = 0.2
"""The share of a page's words from which on a hidden part is no trifle, but a transcript that unfolds."""
_NEARLY_ALL = 0.8
"""The share that one of several articles must hold to stand for the page."""

_BY_TAG = frozenset({"nav", "footer", "aside", "form", "button", "dialog", "menu"})
_BY_ROLE = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "search": "form"}
_COMMENTS = frozenset({"comments", "comments-area", "commentlist", "comment-list", "respond", "disqus_thread"})
_HIDDEN = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.IGNORECASE)


def find_left_out(root: Element) -> frozenset[Element]:
    """The outermost elements that are no part of what the page says.

    Elements of one kind stay if together they hold most of the words, as a form around the whole page does.
    """
    by_kind: defaultdict[str, list[Element]] = defaultdict(list)
    for kind, element in _asides(root):
        by_kind[kind].append(element)
    return frozenset(
        element
        for kind, elements in by_kind.items()
        if sum(element.weight for element in elements) < (_MUCH if kind == "hidden" else MOST) * root.weight
        for element in elements
    )


def find_main(root: Element, left_out: Collection[Element]) -> Element:
    """The element that holds the page's own words: its main part, else its article, else the whole."""
    body = root
    for tag, role in (("main", "main"), ("article", "article")):
        parts = list(_outermost(body, tag, role, left_out))
        if not parts:
            continue
        largest = max(parts, key=lambda part: _words(part, left_out))
        share = MOST if len(parts) == 1 else _NEARLY_ALL
        if _words(largest, left_out) >= share * _words(body, left_out):
            body = largest
    return body


def is_hidden(attributes: dict[str, str]) -> bool:
    """Whether a browser shows nothing of an element with these attributes."""
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _asides(root: Element) -> Iterator[tuple[str, Element]]:
    """Elements that may be left out, with their kinds; every kind is looked for within the others too."""
    waiting: list[tuple[Element, frozenset[str]]] = [(root, frozenset())]
    while waiting:
        element, outer = waiting.pop()
        kind = _kind(element)
        if kind == "header" and (outer & {"header", "article"} or any(inner.tag == "h1" for inner in element.within())):
            kind = ""
        if kind and kind not in outer:
            yield kind, element
        inner = outer | {kind or ("article" if element.tag in ("article", "main") else "")}
        waiting.extend((child, inner) for child in element.children if isinstance(child, Element) and child.weight)


def _kind(element: Element) -> str:
    """What kind of part this may be that is left out; empty if it is none."""
    attributes = element.attributes()
    if element.tag == "dialog" and "open" not in attributes:
        return "hidden"
    if element.tag in _BY_TAG:
        return element.tag
    if is_hidden(attributes):
        return "hidden"
    if element.tag == "header" or attributes.get("role") == "banner":
        return "header"
    if _COMMENTS & {attributes.get("id", "").lower(), *attributes.get("class", "").lower().split()}:
        return "comments"
    return _BY_ROLE.get(attributes.get("role", ""), "")


def _outermost(root: Element, tag: str, role: str, left_out: Collection[Element]) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element in left_out:
            continue
        has_role = "role" in element.source and element.attributes().get("role") == role
        if element is not root and (element.tag == tag or has_role):
            yield element
        else:
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


def _words(root: Element, left_out: Collection[Element]) -> int:
    """Characters of text within an element, but for what is left out."""
    if root in left_out:
        return 0
    total, waiting = root.weight, [root]
    while waiting:
        for child in waiting.pop().children:
            if isinstance(child, str):
                continue
            if child in left_out:
                total -= child.weight
            elif child.weight:
                waiting.append(child)
    return total

"""HTML that cannot be broken into: plain text is escaped wherever it enters an element.

`Html` is text that is already markup; every other string is somebody's words and is shown as such.
"""

import html
import re
from collections.abc import Iterable

Attribute = str | int | bool | None

LINE_BREAKS = re.compile(r"((?:\r?\n)+)")
VOID_ELEMENTS = frozenset({"br", "hr", "input", "meta", "wbr"})


class Html(str):
    """Markup that is safe to show as it is."""

    __slots__ = ()


def escape(text: str) -> Html:
    """The text as markup that shows exactly its characters, carriage returns included."""
    return Html(html.escape(text, quote=True).replace("\r", "&#13;"))


def together(parts: Iterable[str]) -> Html:
    """Markup and plain text one after the other; only the plain text is escaped."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def element(name: str, *content: str, **attributes: Attribute) -> Html:
    """One HTML element; ``class_`` is ``class``, ``data_copy`` is ``data-copy``, absent values are left out."""
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening if name in VOID_ELEMENTS else f"{opening}{together(content)}</{name}>")


def paragraphs(text: str) -> Html:
    """The text with each run of line breaks, still there, drawn as the space between two paragraphs."""
    pieces = LINE_BREAKS.split(text)
    return together(element("span", piece, class_="gap") if odd % 2 else piece for odd, piece in enumerate(pieces))


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'

"""Documents that are packages: ZIP archives of XML parts, as Word and OpenDocument make them.

Parts are unpacked within limits; a part that defines a document type, and so could define entities, is refused
(ECMA-376 and OpenDocument know neither).
"""

import posixpath
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from rag.errors import ReadError
from rag.readers.archives import STEEPEST, Member, is_steep, list_members, unpack
from rag.readers.composing import readable

LARGEST_PACKAGE = 256 * 2**20
"""Bytes of all parts, unpacked."""
LARGEST_TEXT = 64 * 2**20
"""Characters of a document's words; more are no interview."""
MOST_ELEMENTS = 2_000_000
DEEPEST = 150
"""Elements within elements."""

_DAMAGED = "Open it in its program and save it again, or save it as .txt."
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an OLE container begins: a document of Word 2003 and before, or one that is encrypted."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office:",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text:",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table:",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style:",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw:",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo:",
}
"""The usual prefix of each namespace; elements of others go by their name in braces."""


class Package:
    """The parts of one document; ``ending`` is that of its kind of file, and ``path`` is for errors."""

    def __init__(self, content: bytes, path: Path, ending: str) -> None:
        if content.startswith(_OLD):
            raise _refused_container(content, path, ending)
        if not content.startswith(b"PK"):
            raise ReadError(path, f"the file is no {ending} document", f"Save the document as {ending} or .txt.")
        self._path, self._ending, self._file = path, ending, BytesIO(content)
        try:
            self._parts: dict[str, Member] = {member.name: member for member in list_members(self._file, path)}
        except ReadError as error:
            raise ReadError(path, "the document is damaged", _DAMAGED) from error
        unpacked = sum(part.unpacked for part in self._parts.values())
        if unpacked > LARGEST_PACKAGE or is_steep(unpacked, len(content)):
            most = f"{LARGEST_PACKAGE >> 20} MB" if unpacked > LARGEST_PACKAGE else f"{STEEPEST} times its size"
            raise ReadError(path, f"the document unpacks to more than {most}", "Save its text as .txt.")

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def read(self, part: str) -> Element:
        """The root element of a part.

        Raises:
            ReadError: the document has no such part, or it is locked, damaged or no plain XML.
        """
        if part not in self._parts:
            raise ReadError(self._path, f"the file is no {self._ending} document", "Save it from its program again.")
        try:
            content = unpack(self._file, self._parts[part], self._path, LARGEST_PACKAGE)
        except ReadError as error:
            raise ReadError(self._path, f"the document is damaged ({error.reason})", _DAMAGED) from error
        return _parsed(content, self._path)

    def related(self, part: str, kind: str) -> str:
        """The part that stands in this relation to ``part`` (empty: to the package); empty if there is none.

        Raises:
            ReadError: the list of relations is damaged (ECMA-376, part 2, 8.5).
        """
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        for relation in self.read(listing) if listing in self._parts else ():
            if relation.get("Type", "").endswith(f"/{kind}"):
                found = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                return found if found in self._parts else ""
        return ""


def descend(element: Element, *tags: str) -> Element | None:
    """The first child with the first tag, its first child with the second, and so on; none if one is missing."""
    found: Element | None = element
    for tag in tags:
        found = next((child for child in found if child.tag == tag), None) if found is not None else None
    return found


def line_of(element: Element | None) -> str:
    """The text of an element in one line; empty without an element."""
    return " ".join(readable("".join(element.itertext())).split()) if element is not None else ""


def check_text(text: str, path: Path) -> None:
    """See to it that a document holds words, and not far too many.

    Raises:
        ReadError: it does not.
    """
    if not text.strip():
        raise ReadError(path, "the document holds no words", "Put the interview's text into it or remove it.")
    if len(text) > LARGEST_TEXT:
        raise ReadError(path, "the document is far too long for an interview", "Split it into its interviews.")


def _refused_container(content: bytes, path: Path, ending: str) -> ReadError:
    if _LOCKED in content:
        return ReadError(path, "the document is locked with a password", "Save it without a password.")
    return ReadError(path, "the document is in the format of Word 2003 or before", f"Save it as {ending} or .txt.")


def _parsed(content: bytes, path: Path) -> Element:
    builder = _Builder(path)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.tree.data
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: an encoding that is not known
        raise ReadError(path, f"the document is damaged ({error})", _DAMAGED) from error
    return builder.tree.close()


class _Builder:
    """A tree of elements in the making, within limits."""

    def __init__(self, path: Path) -> None:
        self.tree = TreeBuilder()
        self._path, self._count, self._depth = path, 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._depth += 1
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST:
            raise ReadError(self._path, "the document is far too large or too deep", "Save its text as .txt.")
        self.tree.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self.tree.end(_short(name))

    def refuse_document_type(self, *_: object) -> None:
        raise ReadError(self._path, "the document defines entities of its own", "Open it and save it again.")


def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    return (_PREFIXES.get(space) or f"{{{space}}}") + local if space else local

"""What a file is by its content, whatever its name says: for telling why it cannot be read as what it is called."""

from io import BytesIO
from pathlib import Path

from rag.errors import ReadError
from rag.readers.archives import list_members

_HEAD = 1024
"""Bytes at the beginning of a file in which it says what it is."""
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"ID3", ".mp3"),
    (b"OggS", ".ogg"),
    (b"fLaC", ".flac"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"WEBVTT", ".vtt"),
)
_PARTS = (("word/document.xml", ".docx"), ("content.xml", ".odt"), ("xl/workbook.xml", ".xlsx"))


def ending_of(content: bytes) -> str:
    """The ending that a file of this content should have; empty where the content does not say it."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return _package(content)
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return ".html"
    return next((ending for signature, ending in _SIGNATURES if head.startswith(signature)), "")


def _package(content: bytes) -> str:
    try:
        names = {member.name for member in list_members(BytesIO(content), Path())}
    except ReadError:
        return ""
    return next((ending for part, ending in _PARTS if part in names), ".zip")

"""When something was said, as a way into the recording: a link, a player for a file on this machine, or the time."""

from pathlib import Path
from urllib.parse import quote

from rag.ui.markup import Html, element
from rag.ui.shelf import Shelf
from rag.wording import clock, timed_link

ADDRESS = "/recordings"
"""Where the page serves recordings from; see ``routes``."""

KINDS = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
}
"""Files that count as recordings, by their media types (RFC 6838); no others are ever served."""


def moment(seconds: float | None, source: str, shelf: Shelf, *, about: str = "") -> Html:
    """The time at which something was said; nothing where the file tells no times. ``about`` is for screen readers."""
    return Html() if seconds is None else _way_in(f"at {clock(seconds)}", seconds, source, shelf, about)


def whole_recording(source: str, shelf: Shelf) -> Html:
    """The way to a recording's beginning; nothing where none is known that a browser can open."""
    shown = _way_in("Recording", None, source, shelf, "")
    return shown if "data-play" in shown or "href" in shown else Html()


def playable(recording: str) -> str:
    """The media type of a recording that lies on this machine and can be played; empty for all else."""
    kind = KINDS.get(Path(recording).suffix.casefold(), "")
    return kind if kind and not _is_link(recording) and Path(recording).is_file() else ""


def _way_in(text: str, seconds: float | None, source: str, shelf: Shelf, about: str) -> Html:
    recording = shelf.recording(source)
    if _is_link(recording):
        address = timed_link(recording, seconds)
        label = f"{text}{about}: open the recording there" if seconds is not None else "Open the recording"
        return element(
            "a", text, href=address, target="_blank", rel="noopener noreferrer", class_="when", aria_label=label
        )
    if kind := playable(recording):
        return element(
            "button",
            text,
            type="button",
            class_="when",
            data_play=f"{ADDRESS}?interview={quote(source, safe='')}#t={int(seconds or 0)}",
            data_kind=kind.partition("/")[0],
            aria_label=f"{text}{about}: play the recording from there" if seconds is not None else "Play the recording",
        )
    return element("span", text, class_="when")


def _is_link(recording: str) -> bool:
    return recording.startswith(("http://", "https://"))

"""What the page needs to know about the collection: titles, recordings, and the colours of speakers."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.records import UNKNOWN_SPEAKER, Interview
from rag.ui.markup import Html, element

if TYPE_CHECKING:
    from rag.library import Library

TONES = 8
_ELSEWHERE = ("\\\\", "//")
"""How the paths begin that lead to other machines, to which the page does not reach out."""


@dataclass(frozen=True)
class Shelf:
    """The interviews by source name, and for each speaker the number of a colour that stays the same.

    ``place_recording`` tells where the recording of an interview is; of those that are files, only what really lies
    in the folder ``home`` counts, as whoever may correct an interview may name any path.
    """

    interviews: Mapping[str, Interview]
    tones: Mapping[str, int]
    place_recording: Callable[[str], str] | None = None
    home: Path | None = None

    @classmethod
    def of(
        cls,
        interviews: Sequence[Interview],
        speakers: Sequence[str],
        place_recording: Callable[[str], str] | None = None,
        home: Path | None = None,
    ) -> "Shelf":
        """The shelf of a collection; ``speakers`` in their stable order."""
        tones = {name: place % TONES for place, name in enumerate(speakers)}
        return cls({interview.source.name: interview for interview in interviews}, tones, place_recording, home)

    @classmethod
    def of_library(cls, library: "Library | None") -> "Shelf":
        """The shelf of a library; an empty one where there is none."""
        if not library:
            return cls({}, {})
        home = library.path if library.path.is_dir() else library.path.parent
        return cls.of(library.interviews, library.speakers, library.recording, home)

    def recording(self, source: str) -> str:
        """Where the recording of an interview is: a link, or a path in the collection; nothing where none is known."""
        interview = self.interviews.get(source)
        if not interview or not self.place_recording or not interview.recording:
            return ""
        if interview.recording.startswith(_ELSEWHERE):
            return ""
        place = self.place_recording(source)
        outside = self.home and "://" not in place and not Path(place).resolve().is_relative_to(self.home.resolve())
        return "" if outside else place

    def title(self, source: str) -> str:
        """What an interview is called, or its file's name where it has no title."""
        interview = self.interviews.get(source)
        return interview.title if interview and interview.title.strip() else source

    def titles(self) -> list[tuple[str, str]]:
        """Each interview's title and source name, for a list to choose from; twin titles show their files."""
        titles = [self.title(source) for source in self.interviews]
        bearers = Counter(titles)
        return [
            (title if bearers[title] == 1 else f"{title} ({source})", source)
            for title, source in zip(titles, self.interviews, strict=True)
        ]

    def tone(self, speaker: str) -> str:
        """The style class that colours a speaker."""
        return f"tone-{self.tones.get(speaker, TONES - 1)}"

    def disc(self, speaker: str) -> Html:
        """The speaker's initials on their colour; the name stands beside it, so it is hidden from screen readers."""
        return element("span", initials(speaker), class_=f"disc {self.tone(speaker)}", aria_hidden="true")


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name; a question mark for somebody who has none."""
    if name == UNKNOWN_SPEAKER:
        return "?"
    words = ["".join(filter(str.isalnum, word)) for word in name.split()]
    letters = [word[0] for word in words if word]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"

"""A quote is found again by its name, and is then the same words of the same person."""

from dataclasses import replace

import pytest

from rag.errors import UnknownNameError
from rag.library import Library
from rag.records import Span, quote_id


@pytest.mark.parametrize("question", ["who talks about unlearning?", "how can I reach Sitong?", "who asked about art?"])
def test_hits_are_found_again_by_their_names(library: Library, question: str) -> None:
    """What a name leads to has the words, the speaker, the question and the place of the hit."""
    hits = library.ask(question, k=10).hits
    assert hits
    for hit in hits:
        found = library.quote(hit.id)
        assert (found.quote, found.speaker, found.kind, found.aloud) == (hit.quote, hit.speaker, hit.kind, hit.aloud)
        assert (found.id, found.source, found.line, found.place) == (hit.id, hit.source, hit.line, hit.place)
        assert found.question == hit.question


def test_any_words_of_one_turn_have_a_name(library: Library) -> None:
    """The sentence that matched is a quote, too."""
    hit = library.ask("who talks about unlearning?").hits[0]
    found = library.quote(quote_id(hit.origin, hit.sentence))
    assert (found.quote, found.speaker, found.role) == (hit.marked, hit.speaker, "interviewee")


def test_words_of_several_people_are_nobodys_quote(library: Library) -> None:
    """A span over a question and its answer has no speaker, and so is no quote."""
    hit = library.ask("who talks about unlearning?").hits[0]
    asked = library.quote(hit.id).asked
    assert asked
    with pytest.raises(UnknownNameError):
        library.quote(quote_id(hit.origin, Span(asked.start, hit.span.end)))


@pytest.mark.parametrize(
    "name", ["", "x", "0-1-2", "../etc/passwd", "ffffffffffff-0-10", "{sha}-9-3", "{sha}-0-999999999", "{sha}-٣-٤"]
)
def test_a_name_that_leads_nowhere_is_told(library: Library, name: str) -> None:
    """What is not there is not found; nothing else is shown in its place."""
    with pytest.raises(UnknownNameError):
        library.quote(name.format(sha=library.interviews[0].source.sha256[:12]))


def test_another_content_has_other_names(library: Library) -> None:
    """When the file is another one, an old name does not lead into it."""
    source = library.interviews[0].source
    name = quote_id(replace(source, sha256="f" * 64), library.interviews[0].turns[0].span)
    with pytest.raises(UnknownNameError):
        library.quote(name)

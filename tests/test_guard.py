"""What stands around a quote, and what would be lost without it: warned where it matters, and silent elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunker import sentences_of
from rag.guard import Guard, guard
from rag.library import Library
from rag.records import Interview, Source, Span, Speaker, Turn


def interview_of(said: str) -> Interview:
    """Somebody who says just this, after a question."""
    text = f"Ann: And then?\nBo: {said}\n"
    start = len("Ann: And then?\nBo: ")
    asked, answered = Span(5, 14), Span(start, start + len(said))
    turns = (Turn("Ann", "interviewer", asked), Turn("Bo", "interviewee", answered))
    speakers = (Speaker("Ann", "interviewer"), Speaker("Bo", "interviewee"))
    return Interview(Source("a.txt", text, "0" * 64), "", speakers, turns, ())


def guarded(said: str, words: str) -> tuple[Interview, Guard]:
    """What stands around these words of what was said."""
    interview = interview_of(said)
    start = interview.source.text.index(words, interview.turns[1].span.start)
    return interview, guard(interview, Span(start, start + len(words)))


def losses(said: str) -> list[tuple[str, str, str]]:
    """What would be lost of what is said if only the words between | and | were quoted."""
    before, words, after = said.split("|")
    interview, made = guarded(before + words + after, words)
    return [(loss.kind, loss.side, loss.words.of(interview.source.text)) for loss in made.losses]


NEGATION = [
    ("|I loved that job.| Not.", "Not."),
    ("|We always paid everybody.| Well, not always.", "Well, not always."),
    ("|The river was clean.| That's not true, of course.", "That's not true, of course."),
    ("|The river was clean.| That isn’t what I believe now.", "That isn’t what I believe now."),
    ("|All of them were honest.| But that was never the case.", "But that was never the case."),
    ("|They could have left.| But they didn't.", "But they didn't."),
    ("|I hated my brother.| I'm just kidding.", "I'm just kidding."),
    ("|It was the best film ever made.| I was wrong.", "I was wrong."),
    ("|She took the money.| I don't believe that any more.", "I don't believe that any more."),
    ("|We failed.| That doesn't mean we should not have tried.", "That doesn't mean we should not have tried."),
    ("|We should close the school.| Or maybe not.", None),
    ("|It was easy.| At least in the beginning.", "At least in the beginning."),
]
CONDITIONS = [
    ("|We will win.| If everybody helps.", "If everybody helps."),
    ("|I would go back.| Unless they close the border.", "Unless they close the border."),
    ("|The bridge holds.| But only if it is dry.", "But only if it is dry."),
    ("|Everybody is paid.| In theory.", "In theory."),
    ("Imagine that the dam breaks. |The whole valley is gone in an hour.|", "Imagine that the dam breaks."),
    ("Let’s say I had stayed. |I am the director of that bank today.|", "Let’s say I had stayed."),
    ("You must ask them first. |Otherwise they are right to sue you.|", "You must ask them first."),
]
REPORTS = [
    ("My father told us this: |A woman has no place on a boat.|", "My father told us this:"),
    ("|The camps were empty.| He said.", "He said."),
    ("|The camps were empty.| At least that's what they told me.", "At least that's what they told me."),
    ("|He stole it.| According to the police.", "According to the police."),
    ("|It was the end of painting.| Or so I thought.", None),
    ("He told me that art was dead. |That nobody needed it.|", None),
    ("She said, “Leave. |Nobody wants you here.” |And I left.", "She said, “Leave."),
    ('She said, "Leave. |Nobody wants you here." |And I left.', 'She said, "Leave.'),
]
REVERSALS = [
    ("|I thought that work was all there is.| But then my son was born.", "But then my son was born."),
    ("|People say that the sea is cruel.| But it fed us for forty years.", "But it fed us for forty years."),
    ("|I used to vote for them.| Until the flood.", "Until the flood."),
    ("|At first the village hated us.| However, that changed.", "However, that changed."),
    ("|Don't get me wrong, I love this town.| But it is dying.", "But it is dying."),
]
TORN = [
    ("I don't think that |the war was just|, and I never did.", "negation", "I don't think that"),
    ("If they had asked me, |I would have signed|.", "condition", "If they had asked me,"),
    ("My uncle said that |they poisoned the well|.", "report", "My uncle said that"),
    ("|They poisoned the well|, he said.", "report", ", he said."),
    ("|I will sell the house| unless my daughter wants it.", "condition", "unless my daughter wants it."),
    ("That |the earth is flat| is not true.", "negation", "is not true."),
]
SILENT = [
    "I grew up by the sea. |We had two boats.| My aunt mended the nets.",
    "I don't eat fish. |We had two boats.| My aunt mended the nets.",
    "|I don't think the war was just.| I never did.",
    "|I think that work is good.| But I also like to sleep.",
    "|We had two boats.| But the second one was not ours alone, and we shared what it brought.",
    "|We had two boats.| If you want to see one, go to the museum in the harbour.",
    "|We had two boats.| Not only that, we had a truck.",
    "|Did I like it?| Not at all.",
    "He told us about the storm. |We had two boats.|",
    "“Leave,” she said. |I left.| “Good,” she said.",
    '"Leave," she said. |I left.| "Good," she said.',
    "I always say: |a boat is a promise.|",
    "|A six-foot wave is tall.| It's 6\" more than I am.",
    "What if it rains? |We had two boats.|",
    "|It was cold, if I remember.| You know how it is.",
    "They said yes. |We had two boats.| They said so again and again, at every meeting we had that year.",
    "|We had two boats.|",
    "|Only if it rains.|",
]


@pytest.mark.parametrize(("said", "words"), NEGATION)
def test_what_takes_it_back_is_told(said: str, words: str | None) -> None:
    """Who quotes words that are denied or limited right after is told so, in those words."""
    assert [kind for kind, _, _ in losses(said)] == ["negation"]
    assert words is None or losses(said) == [("negation", "after", words)]


@pytest.mark.parametrize(("said", "words"), CONDITIONS)
def test_condition_is_told(said: str, words: str) -> None:
    """Who quotes what holds only under a condition is told so, on whichever side it stands."""
    side = "after" if said.startswith("|") else "before"
    assert losses(said) == [("condition", side, words)]


@pytest.mark.parametrize(("said", "words"), REPORTS)
def test_somebody_elses_words_are_told(said: str, words: str | None) -> None:
    """Who quotes what the speaker only reports is told whose word or view it is."""
    assert [kind for kind, _, _ in losses(said)] == ["report"]
    assert words is None or losses(said)[0][2] == words


@pytest.mark.parametrize(("said", "words"), REVERSALS)
def test_view_that_is_given_up_is_told(said: str, words: str) -> None:
    """Who quotes a view from which the speaker turns away in the next sentence is told so."""
    assert losses(said) == [("reversal", "after", words)]


@pytest.mark.parametrize(("said", "kind", "words"), TORN)
def test_sentence_torn_apart_is_told(said: str, kind: str, words: str) -> None:
    """Who quotes a part of a sentence is told what the rest of it does to that part."""
    assert (kind, words) in [(kind, words) for kind, _, words in losses(said)]


@pytest.mark.parametrize("said", SILENT)
def test_silent_where_nothing_is_lost(said: str) -> None:
    """A warning on every quote would be a warning on none."""
    assert not losses(said)


def test_sentences_around_are_those_of_the_turn() -> None:
    """Just the sentence before and the one after; the question that was asked is not among them."""
    said = "I grew up by the sea. We had two boats. My aunt mended the nets."
    interview, made = guarded(said, "We had two boats.")
    text = interview.source.text
    assert made.before
    assert made.after
    assert (made.before.of(text), made.after.of(text)) == ("I grew up by the sea.", "My aunt mended the nets.")
    assert guarded(said, said)[1] == Guard(interview.source)
    assert guarded(said, "I grew up by the sea.")[1].before is None
    assert guarded(said, "My aunt mended the nets.")[1].after is None


def test_what_nobody_says_has_no_surroundings() -> None:
    """Words outside of every turn, such as a label, are nobody's, and stand alone."""
    interview = interview_of("We had two boats.")
    assert guard(interview, Span(0, 3)) == Guard(interview.source)


@given(st.text("ab .,\n“”\"'ifnot", min_size=1, max_size=60).filter(str.strip), st.data())
def test_whatever_is_cut_what_is_told_stands_beside_it(said: str, data: st.DataObject) -> None:
    """All that is told lies in the turn and outside the cut, and is a sentence, or what the cut leaves of one."""
    interview = interview_of(said)
    turn = interview.turns[1].span
    start = data.draw(st.integers(turn.start, turn.end - 1))
    cut = Span(start, data.draw(st.integers(start + 1, turn.end)))
    made = guard(interview, cut)
    told = [*(loss.words for loss in made.losses), *filter(None, (made.before, made.after))]
    sentences = sentences_of(interview, turn)
    for words in told:
        assert turn.holds(words)
        assert words.end <= cut.start or cut.end <= words.start
        assert any(sentence.holds(words) for sentence in sentences)


def test_quote_is_guarded_by_the_library(library: Library) -> None:
    """A hit, and the same quote looked up by its name, have the same words around them, cut from the source."""
    hit = library.ask("does great work bring opportunities naturally?").hits[0]
    made = library.guard(hit)
    assert made == library.guard(library.quote(hit.id))
    assert made.after
    assert hit.origin.text[hit.span.end : made.after.start].isspace()

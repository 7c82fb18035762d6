"""Checking a quotation: what is exact is word for word, and nothing else ever is."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import rag
from rag.checked import CheckedQuote
from rag.checking import check
from rag.errors import UnknownNameError
from rag.records import UNKNOWN_SPEAKER, Interview, Span
from rag.spoken import Words
from rag.turns import understand
from tests.growth import grows_in_proportion
from tests.small import BRIDGES, RIVERS, LettersEmbedder, collections, conversation, library_of, source

FILM = """We met Bo Chen at the harbour, where he lives on a boat.

Ann Lee: Did you always want to make films?
Bo Chen: I never thought that it was a good idea. We had 14 dollars, and no camera.
The café was closed — “nearly right” was all we had! I did not, in those days, like it.

Ann Lee: So you went away?
Bo Chen: Yes. The first film is a well-known failure. Then we went back to the river.
Cy Diaz: He went back, not I. It was a good idea to stay, I always thought.
"""
INTERVIEWS = tuple(understand(source(f"{number}.txt", text)) for number, text in enumerate((FILM, RIVERS, BRIDGES)))


def one(text: str) -> Interview:
    """A transcript, understood."""
    return understand(source("one.txt", text))


def said(made: CheckedQuote) -> list[str]:
    """The source's words at each place."""
    return [place.text for place in made.places]


class TestExact:
    """What a fact checker would print."""

    @pytest.mark.parametrize(
        "quotation",
        [
            "I never thought that it was a good idea",
            "i never thought that it was a good idea…",
            "“I never  thought\nthat it was a good idea.”",
            "The cafe\u0301 was closed--'nearly right' was all we had!",
            "closed – «nearly right» was all we had",
            "We had 14 dollars,\u00a0and no camera",
            "a well‑known failure",
            "The \ufb01rst \ufb01lm is a well-known fail\u00adure",
            "[N]ever thought that it was",
            "Then we went back to the river.",
        ],
    )
    def test_only_its_typing_may_differ(self, quotation: str) -> None:
        """Quotation marks, dashes, spaces, ligatures, the first capital and the last stop count for nothing."""
        made = check(quotation, INTERVIEWS)
        assert (made.verdict, made.speakers, made.remarks) == ("exact", ("Bo Chen",), ())
        assert {kind for kind, _, _ in made.words} == {"same"}

    @pytest.mark.parametrize(
        ("quotation", "kind", "quoted", "stands"),
        [
            ("The FIRST FILM is a well-known failure", "capitals", "FIRST FILM", "first film"),
            ("a well known failure", "punctuation", "well known", "well-known"),
            ("We had 14 dollars and no camera", "punctuation", "dollars and", "dollars, and"),
            ("nearly right was all we had?", "punctuation", "had?", "had!"),
        ],
    )
    def test_capitals_and_punctuation_are_remarked_on(
        self, quotation: str, kind: str, quoted: str, stands: str
    ) -> None:
        """The words are exact, and what is set otherwise is told with both ways of setting it."""
        made = check(quotation, INTERVIEWS)
        assert made.verdict == "exact"
        assert [(each.kind, each.quoted, each.said) for each in made.remarks] == [(kind, quoted, stands)]

    def test_place(self) -> None:
        """It is told who says it, where, and what had been asked; all of it is cut from the source."""
        (place,) = check("a well-known failure", INTERVIEWS, "bo chen").places
        assert (place.speaker, place.role, place.source, place.line) == ("Bo Chen", "interviewee", "0.txt", 8)
        assert place.span.of(FILM) == place.text == "a well-known failure"
        assert place.question == "So you went away?"
        assert (place.seconds, place.place) == (None, None)

    def test_all_places_the_named_one_first(self) -> None:
        """What several people say is told with all of them, and the one who is named comes first."""
        interview = conversation("a.txt", [("Ann", "It is a good idea."), ("Bo", "It is a good idea."), ("Cy", "Yes.")])
        again = conversation("b.txt", [("Ann", "Well?"), ("Cy", "It is a good idea. It is a good idea.")])
        assert check("it is a good idea", [interview, again]).speakers == ("Bo", "Cy", "Ann")
        made = check("it is a good idea", [interview, again], "Cy")
        assert [place.speaker for place in made.places] == ["Cy", "Cy", "Bo", "Ann"]
        assert made.verdict == "exact"

    def test_words_between_turns_of_one_speaker(self) -> None:
        """A heading or a label between two paragraphs of one speaker does not part their words."""
        interview = one("Ann: Why?\nBo: I went home.\nBo: Then I slept well.\nAnn: And?\nBo: That was all of it.\n")
        assert check("I went home. Then I slept", [interview]).verdict == "exact"


class TestAltered:
    """What is nearly said is never called exact."""

    @pytest.mark.parametrize(
        ("quotation", "words"),
        [
            ("I always thought that it was a good idea", ("changed", "always", "never")),
            ("I never thought it was a good idea", ("left out", "", "that")),
            ("I never really thought that it was a good idea", ("added", "really", "")),
            ("We had 40 dollars, and no camera", ("changed", "40", "14")),
            ("The cafe was closed", ("changed", "cafe", "café")),
            ("We had $14 dollars, and no camera", ("changed", "$14", "14")),
            ("Then we went back to the rivers.", ("changed", "rivers", "river")),
        ],
    )
    def test_word_by_word(self, quotation: str, words: tuple[str, str, str]) -> None:
        """The one word that differs is told: changed, left out or added; the other words are the same."""
        made = check(quotation, INTERVIEWS)
        assert (made.verdict, made.exact) == ("altered", False)
        assert [
            (kind, quoted.strip(" ,."), said.strip(" ,.")) for kind, quoted, said in made.words if kind != "same"
        ] == [words]
        assert made.similarity < 1

    @pytest.mark.parametrize(
        ("quotation", "kind"),
        [
            ("I always thought that it was a good idea", "negation"),
            ("I did, in those days, like it", "negation"),
            ("We had 40 dollars, and no camera", "number"),
            ("Then one day we went back to the river", "number"),
        ],
    )
    def test_what_matters_most_is_pointed_out(self, quotation: str, kind: str) -> None:
        """A negation or a number that differs is remarked on."""
        made = check(quotation, INTERVIEWS)
        assert made.verdict == "altered"
        assert kind in {remark.kind for remark in made.remarks}

    def test_the_named_one_is_looked_at_first(self) -> None:
        """Where several say nearly this, the one who is named is compared."""
        quotation = "I sometimes thought that it was a good idea to stay"
        assert check(quotation, INTERVIEWS).places[0].speaker == "Bo Chen"
        assert check("it was a good idea to leave", INTERVIEWS, "Cy Diaz").speakers == ("Cy Diaz",)

    def test_differences_read_as_the_source(self) -> None:
        """The source's sides of all differences are the place's own characters, one after another."""
        made = check("We once had 40 dollars and a camera", INTERVIEWS)
        assert "".join(said for _, _, said in made.words) == made.places[0].text == "We had 14 dollars, and no camera"


class TestEditors:
    """Marks of omission, and words in square brackets."""

    @pytest.mark.parametrize("mark", ["…", "...", "[…]", "[...]", "(…)", ". . ."])
    def test_omission(self, mark: str) -> None:
        """Pieces that stand in one turn in this order are exact, and what is left out is told."""
        made = check(f"We had 14 dollars {mark} the café was closed", INTERVIEWS)
        assert (made.verdict, made.speakers) == ("exact", ("Bo Chen",))
        (place,) = made.places
        assert [part.of(FILM) for part in place.parts] == ["We had 14 dollars", "The café was closed"]
        assert ("omission", mark, "and no camera") in [(each.kind, each.quoted, each.said) for each in made.remarks]

    def test_marks_at_the_ends(self) -> None:
        """Before the first and after the last word they say only that there is more."""
        made = check("... it was a good idea ...", INTERVIEWS, "Bo Chen")
        assert (made.verdict, made.remarks) == ("exact", ())

    def test_hidden_denial(self) -> None:
        """An omission that hides a "not" of its sentence alters what was said, and is told."""
        made = check("I did … like it", INTERVIEWS)
        assert made.verdict == "altered"
        assert ("denial", "…", "not, in those days,") in [(each.kind, each.quoted, each.said) for each in made.remarks]

    def test_insertion(self) -> None:
        """An editor's words are told with what they stand for; all other words are exact."""
        made = check("Then we went back to [it,] the river", INTERVIEWS)
        assert made.verdict == "exact"
        assert [(each.kind, each.quoted, each.said) for each in made.remarks] == [("insertion", "[it,]", "")]
        stands = check("Then [Bo and I] went back [sic] to the river", INTERVIEWS)
        assert stands.verdict == "exact"
        assert [(each.quoted, each.said) for each in stands.remarks] == [("[Bo and I]", "we")]

    @pytest.mark.parametrize("quotation", ["I [always] thought that it was a good idea", "We had [forty] dollars, and"])
    def test_insertion_for_what_matters(self, quotation: str) -> None:
        """An insertion in the place of a negation or a number is not exact."""
        made = check(quotation, INTERVIEWS)
        assert made.verdict == "altered"
        assert "denial" in {each.kind for each in made.remarks}

    def test_brackets_of_the_transcript(self) -> None:
        """What the transcript itself has in brackets is quoted as it stands."""
        interview = one("Ann: Why?\nBo: Because [laughs] I could... and I would.\n")
        for quotation in ("Because [laughs] I could", "I could... and I would"):
            made = check(quotation, [interview])
            assert (made.verdict, made.remarks) == ("exact", ())


class TestStitched:
    """Words that stand in several places."""

    def test_two_speakers(self) -> None:
        """A quotation that runs on into the next speaker's turn names both, with the words of each."""
        made = check("Then we went back to the river. He went back, not I.", INTERVIEWS)
        assert (made.verdict, made.speakers) == ("stitched", ("Bo Chen", "Cy Diaz"))
        assert said(made) == ["Then we went back to the river", "He went back, not I"]
        assert [place.quoted for place in made.places] == ["Then we went back to the river", "He went back, not I"]

    def test_two_interviews(self) -> None:
        """Sentences from two interviews, with or without a mark between them, are told in the quotation's order."""
        for mark in ("", " …"):
            made = check(f"The first one fell down.{mark} I grew up beside a river.", INTERVIEWS)
            assert (made.verdict, made.speakers) == ("stitched", ("Cy", "Bo"))
            assert [place.source for place in made.places] == ["2.txt", "1.txt"]

    def test_wrong_order(self) -> None:
        """Pieces of one turn in another order are stitched."""
        made = check("I did not, in those days, like it … I never thought that it was", INTERVIEWS)
        assert (made.verdict, made.speakers) == ("stitched", ("Bo Chen",))
        assert made.places[0].span.start > made.places[1].span.start


class TestWhose:
    """Who says it, against who is named."""

    def test_other_speaker(self) -> None:
        """It is exact, but somebody else's."""
        made = check("The first one fell down", INTERVIEWS, "Bo Chen")
        assert (made.verdict, made.speakers, made.named) == ("other speaker", ("Cy",), ("Bo Chen",))

    @pytest.mark.parametrize("speaker", [None, "Bo Chen"])
    def test_asked(self, speaker: str | None) -> None:
        """The interviewer's words are nobody's answer, whoever is named for them."""
        made = check("did you always want to make films", INTERVIEWS, speaker)
        assert (made.verdict, made.speakers) == ("asked", ("Ann Lee",))

    def test_asked_by_the_one_who_is_named(self) -> None:
        """Who is named for a question and asks it is quoted exactly."""
        assert check("did you always want to make films", INTERVIEWS, "Ann Lee").verdict == "exact"

    def test_printed(self) -> None:
        """What stands in the file outside of all turns is nobody's."""
        made = check("We met Bo Chen at the harbour", INTERVIEWS, "Bo Chen")
        assert (made.verdict, made.speakers) == ("printed", ())
        assert said(made) == ["We met Bo Chen at the harbour"]

    def test_part_of_a_name(self) -> None:
        """A first name or surname is enough where only one person has it."""
        assert check("a well-known failure", INTERVIEWS, "chen").named == ("Bo Chen",)
        assert check("a well-known failure", INTERVIEWS, "Bo").named == ("Bo",)

    @pytest.mark.parametrize("name", ["Di", "B", UNKNOWN_SPEAKER])
    def test_unknown_name(self, name: str) -> None:
        """Somebody who does not speak here is an error that names those who do."""
        with pytest.raises(UnknownNameError, match="Bo Chen"):
            check("a well-known failure", INTERVIEWS, name)

    def test_unknown_speaker(self) -> None:
        """Where the file does not tell who speaks, the words are exact, and nobody in particular is credited."""
        interviews = [conversation("a.txt", [("Ann", "Why?"), (UNKNOWN_SPEAKER, "It was raining that day.")])]
        interviews.append(conversation("b.txt", [("Ann", "Why?"), ("Bo", "It never rains here.")]))
        made = check("it was raining that day", interviews)
        assert (made.verdict, made.speakers) == ("exact", (UNKNOWN_SPEAKER,))
        assert not made.places[0].attributed
        named = check("it was raining that day", interviews, "Bo")
        assert (named.verdict, named.reason) == ("cannot check", "unknown speaker")
        assert said(named) == ["It was raining that day"]


@pytest.mark.parametrize(
    ("quotation", "reason"), [("", "empty"), ("“…” — !", "empty"), ("the film", "short"), ("a b … ", "short")]
)
def test_too_little_to_check(quotation: str, reason: str) -> None:
    """A quotation without words, or with fewer than three, cannot be checked."""
    made = check(quotation, INTERVIEWS)
    assert (made.verdict, made.reason, made.places) == ("cannot check", reason, ())


def test_no_interviews() -> None:
    """Where there is nothing to search, nothing can be checked."""
    assert check("a well-known failure", [], "Bo").reason == "no interviews"


@pytest.mark.parametrize(
    "quotation", ["pigs fly over the moon", "I love pizza", "it was that, so", "The camera was sold at a loss", "x y z"]
)
def test_not_found(quotation: str) -> None:
    """What nobody says, nor nearly, is found nowhere; words that say nothing by themselves are no likeness."""
    made = check(quotation, INTERVIEWS)
    assert (made.verdict, made.places, made.similarity) == ("not found", (), 0)


def test_common_words_are_not_stitched() -> None:
    """Pieces that stand somewhere by chance, without a mark between them, do not make a quotation."""
    assert check("I think it was all we had in it", INTERVIEWS).verdict == "not found"


def test_far_omission() -> None:
    """What is left out between two pieces has an end; beyond it they are stitched."""
    for words, verdict in ((300, "exact"), (301, "stitched")):
        turn = f"We sold the boat {'again ' * words}then we bought another."
        made = check(
            "We sold the boat … then we bought another", [conversation("a.txt", [("Ann", "So?"), ("Bo", turn)])]
        )
        assert made.verdict == verdict


def test_apart() -> None:
    """What stands apart within a turn, such as a heading, is nobody's, and does not part the words around it."""
    interview = conversation("a.txt", [("Ann", "So?"), ("Bo", "We sold the boat THE SECOND PART OF IT and went home.")])
    start = interview.source.text.index("THE SECOND")
    interview = replace(interview, apart=(Span(start, start + len("THE SECOND PART OF IT")),))
    assert check("We sold the boat and went home", [interview]).verdict == "exact"
    assert check("the second part of it", [interview]).verdict == "printed"


def naive_words(text: str) -> list[str]:
    """The words of a text of ``small.WORDS``: the naive twin."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.casefold().replace("’", "'"))


def naive_speeches(interviews: Sequence[Interview]) -> Iterator[tuple[str, list[str]]]:
    """Who speaks, and all words until somebody else does."""
    for interview in interviews:
        for (speaker, _), turns in groupby(interview.turns, key=lambda turn: (turn.speaker, turn.role)):
            yield speaker, [word for turn in turns for word in naive_words(turn.span.of(interview.source.text))]


def stands(words: Sequence[str], interviews: Sequence[Interview]) -> list[str]:
    """Who says these words, one after another: the naive twin."""
    return [
        speaker
        for speaker, heard in naive_speeches(interviews)
        if any(heard[at : at + len(words)] == words for at in range(len(heard)))
    ]


@st.composite
def slices(draw: st.DrawFn) -> tuple[list[Interview], list[str]]:
    """Interviews, and some words of one turn as they are written there, three or more."""
    interviews = draw(collections(2))
    turn_words = [
        turn.span.of(interview.source.text).split()
        for interview in interviews
        for turn in interview.turns
        if len(naive_words(turn.span.of(interview.source.text))) >= 3
    ]
    assume(turn_words)
    words = draw(st.sampled_from(turn_words))
    first = draw(st.integers(0, len(words) - 1))
    chosen = words[first : draw(st.integers(first + 1, len(words)))]
    assume(len(naive_words(" ".join(chosen))) >= 3)
    return interviews, chosen


TYPED = {"’": "'‘’", "—": "-–—―", " ": " \n\t\u00a0\u2009"}


@settings(max_examples=40)
@given(slices(), st.integers(0, 10**6))
def test_a_slice_is_exact_however_it_is_typed(drawn: tuple[list[Interview], list[str]], seed: int) -> None:
    """Words of a turn in other capitals, quotation marks, dashes and spaces are exact, and said by whom they are."""
    interviews, words = drawn
    chance = Random(seed)
    typed = "".join(chance.choice(TYPED.get(each, each + each.swapcase())) for each in " ".join(words))
    made = check(f"“{typed}”", interviews)
    assert made.verdict in ("exact", "asked")
    assert set(made.speakers) == set(stands(naive_words(" ".join(words)), interviews))
    for place in made.places:
        assert naive_words(place.text) == naive_words(" ".join(words))


@settings(max_examples=40)
@given(slices(), st.sampled_from(["change", "leave out", "add"]), st.data())
def test_one_word_is_never_exact(drawn: tuple[list[Interview], list[str]], how: str, data: st.DataObject) -> None:
    """A word that is changed, left out or added makes it another quotation, unless somebody says just that."""
    interviews, words = drawn
    at = data.draw(st.sampled_from([at for at, word in enumerate(words) if naive_words(word)]))
    new = data.draw(st.sampled_from(["not", "river", "43", "cafe", "Zoë", "Zoes", "unheard"]))
    altered = [*words[:at], *([] if how == "leave out" else [new]), *words[at + (how != "add") :]]
    assume(not stands(naive_words(" ".join(altered)), interviews))
    made = check(" ".join(altered), interviews)
    assert made.verdict not in ("exact", "asked", "other speaker")


ANYTHING = st.text(alphabet=st.one_of(st.sampled_from("aAbB .…[](),;-—'’“\n0123"), st.characters()), max_size=60)


@settings(max_examples=60)
@given(collections(1), ANYTHING, ANYTHING, st.booleans())
def test_anything_can_be_checked(interviews: list[Interview], said: str, quotation: str, itself: bool) -> None:
    """Whatever is asked of whatever was said, there is a verdict, and all that is told is cut from the sources."""
    spoken = said.strip() or "Well."
    interviews = [*interviews, conversation("any.txt", [("Ann", "So?"), ("Bo", spoken), ("Cy", "Yes, I do.")])]
    quotation = spoken if itself else quotation
    made = check(quotation, interviews)
    texts = {each.source.name: each.source.text for each in interviews}
    for place in made.places:
        assert place.text == texts[place.source][place.span.start : place.span.end]
    for difference in made.differences:
        assert made.said(difference) in made.places[0].text
        assert made.quoted(difference) in quotation
    if itself and len(Words.of(spoken)) >= 3:
        assert made.verdict == "exact"
    assert check(quotation, interviews) == made


def test_folder_and_library_agree(tmp_path: Path) -> None:
    """A folder is checked as an open library over it is, and nothing is embedded for it."""
    library = library_of({"rivers.txt": RIVERS, "bridges.txt": BRIDGES}, tmp_path)
    embedder = library.embedder
    assert isinstance(embedder, LettersEmbedder)
    embedded = len(embedder.encoded)
    made = rag.check_quote("the first one fell down", library, speaker="Cy")
    assert made == library.check_quote("the first one fell down", "Cy")
    assert made == rag.check_quote("the first one fell down", tmp_path / "interviews", speaker="Cy")
    assert (made.verdict, made.places[0].source, len(embedder.encoded)) == ("exact", "bridges.txt", embedded)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0], ids=["as said", "half of it in another order", "in another order"])
def test_a_whole_interview_is_checked_soon(share: float) -> None:
    """All words of a long interview, in whatever order, are looked for in a fraction of a second's work."""
    random = Random(5)
    sentences = [" ".join(random.choices(BRIDGES.split()[1:], k=12)) + "." for _ in range(800)]
    turns = [("Ann" if at % 8 == 0 else "Bo", sentence) for at, sentence in enumerate(sentences)]
    moved = random.sample(sentences[: int(share * 800)], int(share * 800)) + sentences[int(share * 800) :]
    begun = time.process_time()
    verdict = check(" ".join(moved), [conversation("talk.txt", turns)]).verdict
    assert time.process_time() - begun < 5
    assert verdict == ("cannot check" if share else "stitched")


@pytest.mark.timed
def test_time_for_a_quotation_grows_with_its_white_space() -> None:
    """A long stretch of white space is looked at once."""
    interviews = [understand(source("rivers.txt", RIVERS))]
    assert grows_in_proportion(lambda size: check("a" + " " * size + "b c d", interviews), 5_000)


def test_many_words_that_recur_are_checked_soon() -> None:
    """One word that stands in the interview, over and over, is not found there, and that is told soon."""
    begun = time.process_time()
    made = check("a " * 50_000, [understand(source("rivers.txt", RIVERS))])
    assert time.process_time() - begun < 5
    assert (made.verdict, made.reason) == ("cannot check", "long")

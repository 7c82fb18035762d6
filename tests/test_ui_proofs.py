"""A checked quotation on the page, without a browser: the verdict, what differs, and every character as it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking import check
from rag.library import Library
from rag.records import Hit, Interview
from rag.turns import understand
from rag.ui.checks import NOT_OPEN, look_for
from rag.ui.conversation import Exchange, thread
from rag.ui.notices import NONE_LEFT
from rag.ui.opening import Opening
from rag.ui.proofs import PLACES_SHOWN, proof
from rag.ui.shelf import Shelf
from tests.small import source
from tests.test_ui_html import HIT, HOSTILE, Parsed, answer_of, parsed

SAID = f"I never grew <b>tulips</b> in that garden, and I sold them at ${{window.stolen=1}} the market. {HOSTILE}"
TEXTS = {
    "garden.txt": f"Rosa Vale: What on earth do you grow there?\nKim Tan: {SAID}\n\nRosa Vale: Why is that?\n"
    "Kim Tan: Because the frogs in my pond would not let me sleep.\n",
    "sea.txt": "Rosa Vale: What do you build?\nOtto Brand: I build lighthouses out of driftwood every year.\n",
}
INTERVIEWS = [understand(source(*each)) for each in TEXTS.items()]


def shown(quotation: str, speaker: str | None = None, nearest: Sequence[Hit] = ()) -> Parsed:
    """What the page shows of a quotation in these interviews."""
    shelf = Shelf.of(INTERVIEWS, ["Kim Tan", "Otto Brand"])
    return parsed(proof(check(quotation, INTERVIEWS, speaker), nearest, shelf))


def verdict(page: Parsed) -> str | None:
    """The verdict by which the page colours what it shows."""
    return page.attributes("section")[0]["data-verdict"]


@pytest.mark.parametrize(
    ("quotation", "speaker", "expected", "sentence"),
    [
        ("the frogs in my pond would not let me sleep", None, "exact", "Exact: Kim Tan says this word for word."),
        ("the frogs in my pond would let me sleep", None, "altered", "Altered: Kim Tan says nearly this"),
        ("the frogs in my pond would not let me sleep", "Otto Brand", "other speaker", "and Otto Brand does not."),
        ("What on earth do you grow there?", None, "asked", "Rosa Vale, who is the interviewer."),
        ("the frogs in my pond out of driftwood every year", None, "stitched", "nobody says them as one."),
        ("nobody here has ever flown a purple kite", None, "not found", "Not found: nobody in these 2 interviews"),
        ("...", None, "cannot check", "Cannot check: there are no words in this quotation."),
    ],
)
def test_verdict_is_told_with_a_sign_and_in_words(
    quotation: str, speaker: str | None, expected: str, sentence: str
) -> None:
    """Each verdict has its sentence, the command line's, and a sign which those who hear the page are spared."""
    page = shown(quotation, speaker)
    assert verdict(page) == expected
    assert sentence in page.all("h2")[0]
    assert len(page.all("span", **{"class": "sign", "aria-hidden": "true"})) == 1


def test_what_differs_is_marked_on_both_sides() -> None:
    """The quotation's own words are struck out, and the words that were said in their place stand below."""
    page = shown("Because the toads in my pond would let me sleep")
    assert page.all("del") == ["toads"]
    assert page.all("ins") == ["frogs", "not"]
    assert page.all("dd") == [
        "Because the toads in my pond would let me sleep",
        "Because the frogs in my pond would not let me sleep",
    ]
    assert "A negation differs: “not” is left out." in page.all("div", class_="remarks")[0]


WORDS = SAID.split()
_edits = st.lists(
    st.tuples(st.integers(0, len(WORDS) - 1), st.sampled_from(["", "another", "two words", "<i>", "[sic]", "..."])),
    max_size=5,
)


@given(_edits)
def test_both_sides_are_whole_however_a_quotation_was_changed(edits: Sequence[tuple[int, str]]) -> None:
    """Quotation and source stand there to the character, and none of their words is markup."""
    words = list(WORDS)
    for at, word in edits:
        words[at] = word
    quotation = " ".join(filter(None, words))
    made = check(quotation, INTERVIEWS)
    page = parsed(proof(made, (), Shelf.of(INTERVIEWS, ["Kim Tan"])))
    if sides := page.all("dd"):
        assert sides == [quotation, made.places[0].text]
    elif made.verdict == "exact":
        assert page.all("blockquote")[0] == made.places[0].text
    assert not {"b", "img", "script"} & {name for name, _, _ in page.elements}


def test_pieces_of_a_stitched_quotation_are_numbered_in_its_order() -> None:
    """An ordered list tells every piece with its speaker and the way into its interview."""
    page = shown("out of driftwood every year the frogs in my pond")
    assert len(page.all("ol")) == 1
    assert page.all("blockquote") == ["out of driftwood every year", "the frogs in my pond"]
    assert page.all("strong") == ["Otto Brand", "Kim Tan"]
    places = [each["data-passage"] for each in page.attributes("button") if "data-passage" in each]
    texts = [TEXTS["sea.txt"], TEXTS["garden.txt"]]
    cut = [text[slice(*map(int, str(place).split("-")))] for text, place in zip(texts, places, strict=True)]
    assert cut == page.all("blockquote")


def test_many_places_fold_and_are_all_counted() -> None:
    """Words that very many say are shown at a few places, and the others unfold."""
    twins = [understand(source(f"{number:03}.txt", TEXTS["sea.txt"])) for number in range(150)]
    made = check("I build lighthouses out of driftwood", twins)
    page = parsed(proof(made, (), Shelf.of(twins, ["Otto Brand"])))
    assert page.all("summary")[PLACES_SHOWN] == "147 more places"
    assert "and 47 others" in page.text
    assert len(page.all("blockquote")) == 103


def test_nearest_passages_are_not_called_the_quotation() -> None:
    """What is merely near in meaning stands under a heading that says so."""
    page = shown("nobody here has ever flown a purple kite", nearest=[HIT])
    assert page.all("h3")[0] == "Nearest in meaning, and not this quotation"
    assert page.all("blockquote") == [HIT.marked]


class Shelved:
    """Stands for an open library of these interviews."""

    interviews: tuple[Interview, ...] = tuple(INTERVIEWS)
    speakers = ("Kim Tan", "Otto Brand")
    problems = ()
    path = Path("interviews")

    def warm(self) -> None:
        """Nothing to load."""

    recording = warm

    def check_quote(self, quotation: str, speaker: str | None = None) -> object:
        """As the library checks."""
        return check(quotation, self.interviews, speaker)


def checked(opening: Opening, quotation: str, speaker: str | None) -> str:
    """What the tab shows in the end."""
    return list(look_for(quotation, speaker, opening))[-1]


def test_form_says_what_is_in_the_way() -> None:
    """Before the interviews are open, and where nobody is called so, a sentence stands in place of a verdict."""
    opening = Opening(lambda progress: cast(Library, Shelved()))
    assert NOT_OPEN in checked(opening, "any words at all", None)
    opening.start()
    assert opening.wait(10)
    assert 'data-verdict="exact"' in checked(opening, "I build lighthouses", " ")
    assert 'data-verdict="cannot check"' in checked(opening, "", None)
    assert "<b>nobody</b>" in parsed(checked(opening, "I build lighthouses", "<b>nobody</b>")).text
    opening.library = None
    opening.version = 1
    assert NONE_LEFT in parsed(checked(opening, "any words at all", None)).text


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("“I grow tulips in that garden”", ["I grow tulips in that garden"]),
        ('Did Kim say "I grow <b>tulips</b> in that garden"?', ["I grow <b>tulips</b> in that garden"]),
        ("Who talks about “nearly right”?", []),
        ("Who grows tulips?", []),
    ],
)
def test_quotation_in_a_question_can_be_checked(question: str, offered: list[str]) -> None:
    """A question that holds a quotation of some length has a button which takes exactly its words to the form."""
    page = parsed(thread((Exchange(1, question, answer_of(HIT)),), Shelf.of(INTERVIEWS, [])))
    assert [each["data-check"] for each in page.attributes("button") if "data-check" in each] == offered

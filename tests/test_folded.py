"""Quotations are found however they were typed, and what is found is the text's own characters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.folded import Folded, flatten

TEXT = "Ann: Why?\nBo: That “nearly  right” is wrong — it’s\nthe Café’s rule. Nearly right, again.\n"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ('that "nearly right" is wrong', ["That “nearly  right” is wrong"]),
        ("IS WRONG - IT'S THE CAFE'S", ["is wrong — it’s\nthe Café’s"]),
        ("nearly right", ["nearly  right", "Nearly right"]),
        ("  rule.  ", ["rule."]),
        ("nearly wrong", []),
        (" \n", []),
    ],
)
def test_quotes_are_found_however_they_are_typed(quote: str, found: list[str]) -> None:
    """Case, accents, quotation marks, dashes and white space may differ; every place is found, and nothing else."""
    assert [span.of(TEXT) for span in Folded(TEXT).find(quote)] == found


@given(st.text())
def test_a_text_is_found_in_itself(text: str) -> None:
    """Whatever characters it is made of, the place of the whole text is all of it that can be compared."""
    places = list(Folded(text).find(text))
    assert [flatten(span.of(text)) for span in places] == ([flatten(text)] if flatten(text) else [])


@given(st.text("aAb “\"’'–- \n"), st.text("aAb “\"’'–- \n", min_size=1, max_size=3))
def test_places_are_those_of_a_naive_search(text: str, quote: str) -> None:
    """The first place is the first slice that reads like the quote, and no two places overlap."""
    places = [(span.start, span.end) for span in Folded(text).find(quote)]
    ends = range(len(text) + 1)
    alike = [(start, end) for start in ends for end in ends[start:] if flatten(text[start:end]) == flatten(quote)]
    shortest = [(start, end) for start, end in alike if text[start:end] == text[start:end].strip()]
    assert set(places) <= set(shortest)
    assert places[:1] == (shortest[:1] if flatten(quote) else [])
    assert all(before[1] <= after[0] for before, after in pairwise(places))

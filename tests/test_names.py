"""Names of people, taken from the file itself and from nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.names import fullest, mended, same_person, without_title


def test_a_look_alike_digit_is_read_as_the_letter_the_file_has_elsewhere() -> None:
    """The name "Ca0" becomes "Cao" where an address in the file spells it so, also without spaces between the names."""
    assert mended("Sitong Ca0", "Sitong Ca0 - Instagram: sitongcao") == "Sitong Cao"
    assert mended("Sitong Ca0", "Sitong Ca0 - LinkedIn: /in/sitong-cao-1") == "Sitong Cao"


@pytest.mark.parametrize("text", ["Sitong Ca0", "Sitong Ca0 and Tong Cao", ""])
def test_a_digit_stays_where_the_file_does_not_support_the_letter(text: str) -> None:
    """Without another spelling in the file, the name stays as it stands."""
    assert mended("Sitong Ca0", text) == "Sitong Ca0"


@given(st.text(), st.text())
def test_names_without_digits_are_never_changed(name: str, text: str) -> None:
    """Only the digits that look like letters are ever mended."""
    letters = "".join(character for character in name if character not in "0135")
    assert mended(letters, text) == letters


@pytest.mark.parametrize("shorter", ["Jane", "Smith", "JS", "jane smith", "SMITH", "J.S."])
def test_a_part_of_a_name_can_be_that_person(shorter: str) -> None:
    """First name, surname or initials, in any case, with or without full stops."""
    assert same_person(shorter, "Jane Smith")


@pytest.mark.parametrize(("shorter", "longer"), [("Jan", "Jane Smith"), ("JD", "Jane Smith"), ("Jane", "Joan")])
def test_other_names_are_other_people(shorter: str, longer: str) -> None:
    """A piece of a word is no part of a name, nor are other initials, nor is a similar name."""
    assert not same_person(shorter, longer)


def test_a_short_name_becomes_full_only_if_it_is_clear_whose() -> None:
    """One longer form is taken; of two, none."""
    assert fullest("Jane", ["Jane", "Jane Smith", "Bob Smith"]) == "Jane Smith"
    assert fullest("Smith", ["Smith", "Jane Smith", "Bob Smith"]) == "Smith"
    assert fullest("Ann", ["Jane Smith"]) == "Ann"


def test_a_title_before_a_full_name_is_no_part_of_it() -> None:
    """Dr and Mrs go from before a first name and a surname; a surname alone keeps its Mrs."""
    assert without_title("Dr. Jane Goodall") == without_title("Prof. Dr. Jane Goodall") == "Jane Goodall"
    assert without_title("Mrs. Goodall") == "Mrs. Goodall"

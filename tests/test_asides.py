"""Contact entries and image credits, set aside from the conversation."""

import pytest
from hypothesis import given

from rag.asides import Asides, find_asides
from rag.paragraphs import find_paragraphs
from rag.records import Contact, Span
from tests.samples import texts


def asides(text: str) -> Asides:
    """The asides of a text."""
    return find_asides(text, find_paragraphs(text))


def contacts(text: str) -> list[tuple[str, str]]:
    """Labels and values of the contact entries of a text."""
    return [(contact.label, contact.value) for contact in asides(text).contacts]


@pytest.mark.parametrize(
    "heading",
    ["Contact Info:", "CONTACT", "**Contact Information**", "## Contact details", "Follow Ana on:", "Connect with Ana:",
     "Social media:"],
)  # fmt: skip
def test_entries_under_a_contact_heading_are_contacts(heading: str) -> None:
    """Whatever the heading looks like, the entries below it have a label and a value."""
    text = f"I paint.\n\n{heading}\n- Website: https://a.b\n- Instagram: @ana\n"
    assert contacts(text) == [("Website", "https://a.b"), ("Instagram", "@ana")]


@pytest.mark.parametrize("line", ["https://a.b/c", "www.a.b", "@ana", "ana@example.org"])
def test_a_bare_address_is_a_contact(line: str) -> None:
    """An address without a label is kept, as a link."""
    assert contacts(f"Contact:\n* {line}\n") == [("Link", line)]


def test_the_list_ends_where_the_conversation_goes_on() -> None:
    """A paragraph that is no entry ends the contact list, and is not set aside."""
    text = "Contact:\n- Website: https://a.b\nI paint.\n- Website: https://c.d\n"
    found = asides(text)
    assert [contact.value for contact in found.contacts] == ["https://a.b"]
    assert max(span.end for span in found.spans) < text.index("I paint.")


@pytest.mark.parametrize(
    "text", ["- Website: https://a.b\n", "I love contact: it is warm.\n", "Contact sports are fun.\n"]
)
def test_without_a_heading_there_are_no_contacts(text: str) -> None:
    """An address within the conversation belongs to whoever says it."""
    assert asides(text) == Asides((), (), frozenset())


@pytest.mark.parametrize("heading", ["Image Credits", "**Photo credits:**", "Photos by", "Photography by:"])
def test_lines_under_a_credits_heading_are_credits(heading: str) -> None:
    """Every line under the heading is a credit, whatever it says; the heading is set aside, too."""
    text = f"I paint.\n\n{heading}\nThe first is by Ann.\nThe second: by me.\n"
    found = asides(text)
    assert [span.of(text) for span in found.credits] == ["The first is by Ann.", "The second: by me."]
    assert {span.of(text) for span in found.spans} == {heading, "The first is by Ann.", "The second: by me."}


@given(texts())
def test_whatever_is_set_aside_is_a_paragraph_of_the_text(text: str) -> None:
    """Contacts and credits are whole paragraphs, none of them both, and a contact's value stands in its span."""
    found = asides(text)
    entries = [contact.span for contact in found.contacts]
    assert found.spans <= set(find_paragraphs(text))
    assert {*entries, *found.credits} <= found.spans
    assert not {*entries} & {*found.credits}
    assert all(contact.value in contact.span.of(text) for contact in found.contacts)


@pytest.mark.parametrize(
    ("label", "value", "link"),
    [
        ("Website", "https://a.b", "https://a.b"),
        ("Instagram", "@ana", "https://www.instagram.com/ana/"),
        ("instagram", "ana", "https://www.instagram.com/ana/"),
        ("Instagram", "https://www.instagram.com/ana", "https://www.instagram.com/ana"),
        ("Instagram", "ask me", None),
        ("Phone", "123", None),
        ("Website", "javascript:alert(1)", None),
    ],
)
def test_a_link_is_only_what_a_browser_can_open(label: str, value: str, link: str | None) -> None:
    """Full addresses and Instagram names open; anything else is text."""
    assert Contact(label, value, Span(0, 1)).link == link

"""A quote as it is copied: as plain text or Markdown, whole or its marked sentence, with or without line and time.

The browser puts the pieces together that are given here, after the choice that was made last; they hold exactly the
words of the source.
"""

from rag.exports.markdown import block_quote, in_a_line, in_paragraphs
from rag.records import Hit
from rag.ui.markup import Html, element
from rag.ui.shelf import Shelf
from rag.wording import clock


def copying(hit: Hit, shelf: Shelf, *others: Html, about: str) -> Html:
    """The buttons of a card: copying in the form that was chosen last, others, and what unfolds to choose a form."""
    title = shelf.title(hit.source)
    copy = element(
        "button",
        "Copy quotation",
        type="button",
        data_copy=True,
        data_plain=hit.quote,
        data_plain_marked=hit.marked,
        data_plain_by=_credit(hit, title),
        data_markdown=block_quote(in_paragraphs(hit.quote)),
        data_markdown_marked=block_quote(in_paragraphs(hit.marked)),
        data_markdown_by=in_a_line(_credit(hit, title)),
        data_plain_where=_where(hit),
        data_markdown_where=in_a_line(_where(hit)),
        data_when=_when(hit),
        aria_label=f"Copy quotation{about}",
    )
    choose = element("details", element("summary", "Copy as …"), _form(hit), class_="copying")
    return element("div", copy, *others, choose, class_="actions")


def _form(hit: Hit) -> Html:
    forms = [
        _choice("radio", "form", label, value) for value, label in (("plain", "Plain text"), ("markdown", "Markdown"))
    ]
    choices = [_choice("checkbox", "marked", "Only the marked sentence")] if hit.marked != hit.quote else []
    choices += (
        [_choice("checkbox", "where", "With the line" if hit.line else "With the page or row")] if _where(hit) else []
    )
    choices += [_choice("checkbox", "when", "With the time code")] if _when(hit) else []
    link = element("button", "Copy link to this quote", type="button", data_link=hit.id)
    legend = element("legend", "How the quotation is copied", class_="unseen")
    preview = element("pre", class_="preview", aria_label="What is copied", tabindex="0", role="region", dir="auto")
    return element("form", element("fieldset", legend, *forms, *choices), preview, element("p", link))


def _choice(kind: str, name: str, label: str, value: str = "yes") -> Html:
    return element("label", element("input", type=kind, name_=name, value=value), element("span", label))


def _credit(hit: Hit, title: str) -> str:
    """Who says it (nobody, if it was only printed), and the interview."""
    return f"{hit.speaker}, {title}" if hit.aloud else f"printed with {title}"


def _where(hit: Hit) -> str:
    return f"line {hit.line}" if hit.line is not None else hit.place or ""


def _when(hit: Hit) -> str:
    return clock(hit.seconds) if hit.seconds is not None else ""

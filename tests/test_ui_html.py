"""The page's HTML, without a browser: words are shown as they stand, and nothing in them is ever markup."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library import Part, Report
from rag.records import (
    UNKNOWN_SPEAKER,
    Answer,
    Contact,
    Hit,
    Interview,
    Moment,
    Passage,
    PassageKind,
    Place,
    QAPair,
    Source,
    Span,
    Speaker,
    Turn,
    Understood,
    Why,
)
from rag.ui.cards import anchor, card_set, contact_value, marked_quote
from rag.ui.imports import report
from rag.ui.markup import VOID_ELEMENTS, element, escape, paragraphs
from rag.ui.reader import contents, read_interview
from rag.ui.replies import reply
from rag.ui.shelf import Shelf, initials
from rag.ui.whotable import MOST_COUNTED
from rag.wording import NEAREST, understood_as

HOSTILE = (
    "<img src=x onerror=alert(1)> ${alert(1)} {{value}} back\\slash $$x$$ [x](javascript:alert(1)) ![](https://e.org/x)"
)
INTRODUCTION = "We met Ada Lovelace."
QUESTION = f"What did you unlearn? {HOSTILE}"
ANSWER = f"I was told otherwise.\nI had to unlearn “patience” & haste. {HOSTILE}"
CONTACT = "- Website: https://example.org/ada?a=1&b=2"
CREDITS = "The picture is from Engines."
TEXT = "\n".join((INTRODUCTION, QUESTION, ANSWER, CONTACT, CREDITS))
SOURCE = Source("ada.txt", TEXT, sha256(TEXT.encode()).hexdigest())


def span_of(words: str) -> Span:
    """Where these words first stand in the sample."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


INTERVIEW = Interview(
    SOURCE,
    title="Ada <b>Lovelace</b>",
    speakers=(Speaker("Interviewer", "interviewer"), Speaker("Ada Lovelace", "interviewee")),
    turns=(
        Turn("Interviewer", "interviewer", span_of(QUESTION)),
        Turn("Ada Lovelace", "interviewee", span_of(ANSWER)),
    ),
    pairs=(
        QAPair(
            (Turn("Interviewer", "interviewer", span_of(QUESTION)),),
            (Turn("Ada Lovelace", "interviewee", span_of(ANSWER)),),
        ),
    ),
    introduction=(span_of(INTRODUCTION),),
    contacts=(Contact("Website", "https://example.org/ada?a=1&b=2", span_of(CONTACT)),),
    credits=(span_of(CREDITS),),
)
SHELF = Shelf.of([INTERVIEW], ["Ada Lovelace", "Bo Li"])


def hit_of(words: str, sentence: str, kind: PassageKind = "answer") -> Hit:
    """A hit on these words of the sample, with the sentence that matched."""
    asked = span_of(QUESTION) if kind == "answer" else None
    passage = Passage("ada.txt", span_of(words), "Ada Lovelace", (span_of(sentence),), asked, kind)
    return Hit(passage, SOURCE, span_of(sentence), 0.9, Why(("unlearn",), 0.61))


def answer_of(*hits: Hit, said: bool = True, **understood: object) -> Answer:
    """An answer of these hits to a "who" question, unless other things are understood."""
    asked = {"text": "who talks about unlearning?", "kind": "who", "topic": "unlearning", **understood}
    return Answer(
        Understood(**asked),  # type: ignore[arg-type]
        said,
        0.9 if said else 0.1,
        ("Ada Lovelace",) if said else (),
        ("Bo Li",) if said else ("Ada Lovelace", "Bo Li"),
        hits,
    )


HIT = hit_of(ANSWER, "I had to unlearn “patience” & haste.")


@dataclass
class Parsed(HTMLParser):
    """HTML as a browser reads it: the elements in order, each with its attributes and all its text."""

    elements: list[tuple[str, dict[str, str | None], list[str]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID_ELEMENTS:
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        """Elements close in the order in which they were opened."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Text belongs to every element that is open."""
        self.text += data
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag: str, **wanted: str) -> list[str]:
        """The text of each element of this name, and with these attributes."""
        return [
            "".join(texts)
            for name, attributes, texts in self.elements
            if name == tag and all(attributes.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of this name."""
        return [attributes for name, attributes, _ in self.elements if name == tag]


def parsed(markup: str) -> Parsed:
    """The markup, read; every element in it is closed."""
    parser = Parsed()
    parser.feed(markup)
    parser.close()
    assert not parser.open
    return parser


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])))
def test_any_text_stays_text(words: str) -> None:
    """Whatever a transcript holds, an element shows exactly those characters and holds no other element."""
    page = parsed(element("p", words, title=words))
    assert [name for name, _, _ in page.elements] == ["p"]
    assert page.text == words
    assert page.attributes("p") == [{"title": words}]
    assert parsed(paragraphs(words)).text == words


def test_carriage_returns_survive() -> None:
    """A browser would turn a bare carriage return into a line feed; written as a reference it is kept."""
    assert escape("a\r\nb") == "a&#13;\nb"


def test_quote_is_exact_and_its_best_sentence_marked() -> None:
    """The words of a card are the source's own, and ``<mark>`` holds the sentence that matched."""
    page = parsed(marked_quote(HIT))
    assert page.text == HIT.quote == ANSWER
    assert page.all("mark") == ["I had to unlearn “patience” & haste."]
    assert {name for name, _, _ in page.elements} == {"mark", "span"}


def test_card_tells_who_what_was_asked_where_and_why() -> None:
    """A card shows speaker, initials, title, question asked, line, reasons and number."""
    page = parsed(card_set(answer_of(HIT), 4, SHELF, shown=True))
    assert page.all("h3") == ["Ada Lovelace"]
    assert page.all("span", class_="disc tone-0") == ["AL"]
    assert page.all("p", class_="where") == ["Ada <b>Lovelace</b>"]
    assert page.all("summary")[0] == f"Asked {QUESTION}"
    assert page.all("p", class_="source") == ["ada.txt · line 3"]
    assert page.all("p", class_="why") == ["Why shares the word “unlearn”, very close in meaning (0.61 of 1)"]
    assert page.all("article", id=anchor(4, 1))
    assert "img" not in {name for name, _, _ in page.elements}


def test_copied_quotation_is_verbatim_with_speaker_and_interview() -> None:
    """What the copy button holds is the quote, its marked sentence, its speaker and the interview."""
    held = copy_button(HIT)
    assert (held["data-plain"], held["data-plain-marked"]) == (HIT.quote, HIT.marked)
    assert held["data-plain-by"] == "Ada Lovelace, Ada <b>Lovelace</b>"
    assert (held["data-plain-where"], held["data-when"]) == ("line 3", "")
    assert held["data-markdown-by"] == r"Ada Lovelace, Ada \<b\>Lovelace\</b\>"


def copy_button(hit: Hit) -> dict[str, str | None]:
    """All that the button "Copy quotation" of a card holds."""
    buttons = parsed(card_set(answer_of(hit), 1, SHELF, shown=True)).attributes("button")
    return next(button for button in buttons if "data-copy" in button)


def test_card_leads_to_its_own_address() -> None:
    """The button that opens the interview, and the one that copies the link, name the quote as it is looked up."""
    buttons = parsed(card_set(answer_of(HIT), 1, SHELF, shown=True)).attributes("button")
    assert [button["data-hit"] for button in buttons if "data-hit" in button] == [HIT.id]
    assert [button["data-link"] for button in buttons if "data-link" in button] == [HIT.id]


def test_card_warns_of_what_the_marked_sentence_would_lose() -> None:
    """A sentence that is taken back in the next one, or is reported, is not to be quoted alone unwarned."""
    text = "Ann: And?\nBo: We won. Well, not <b>really</b>. He told us: never give up. That was all.\n"
    source = Source("bo.txt", text, sha256(text.encode()).hexdigest())
    said = Span(text.index("We"), len(text) - 1)
    interview = Interview(source, "", (Speaker("Bo", "interviewee"),), (Turn("Bo", "interviewee", said),), ())
    won = Span(said.start, said.start + len("We won."))
    hit = Hit(Passage("bo.txt", won, "Bo", (won,)), source, won, 0.9, Why((), 0.5))
    page = parsed(card_set(answer_of(hit), 1, Shelf.of([interview], ["Bo"]), shown=True))
    (warning,) = page.all("p", class_="loss")
    assert warning.endswith("may take it back or limit it: “Well, not <b>really</b>.”")
    assert page.all("bdi") == ["Well, not <b>really</b>."]
    assert page.all("p", class_="edge") == ["The speaker begins with this quote."]
    assert page.all("span", class_="words") == ["Well, not <b>really</b>."]
    changed = replace(interview, source=replace(source, sha256="f" * 64))
    assert not parsed(card_set(answer_of(hit), 1, Shelf.of([changed], ["Bo"]), shown=True)).all("p", class_="loss")


def test_what_was_only_printed_is_put_into_nobodys_mouth() -> None:
    """Credits are copied and shown without a speaker or quotation marks of speech, and nobody is called silent."""
    hit = hit_of(CREDITS, CREDITS, "credits")
    held = copy_button(hit)
    assert (held["data-plain"], held["data-plain-by"]) == (CREDITS, "printed with Ada <b>Lovelace</b>")
    shown = Answer(Understood("which film?", "credits", "film"), True, 1.0, ("Ada Lovelace",), (), (hit,))
    page = parsed(reply(shown, 1, SHELF))
    assert page.all("p", class_="lead") == ["This was printed with the interview about its pictures:"]
    assert f"“{CREDITS}”" not in page.text
    assert CREDITS in page.text
    assert not page.all("p", class_="silent")


def test_nearest_passages_do_not_look_like_answers() -> None:
    """When nobody said it, every card and the heading above say that this is no answer."""
    page = parsed(card_set(answer_of(HIT, said=False), 1, SHELF, shown=True))
    assert page.all("p", class_="banner") == ["Nearest passage – not an answer"]
    assert page.all("h2") == ["1 nearest passage, not an answer"]
    assert "nearest" in str(page.attributes("article")[0]["class"])


def test_contact_card_links_open_beside_the_page() -> None:
    """A contact entry is a link that opens in a new window and gives nothing away."""
    page = parsed(card_set(answer_of(hit_of(CONTACT, CONTACT, "contact"), kind="contact"), 1, SHELF, shown=True))
    (link,) = page.attributes("a")
    assert link["href"] == "https://example.org/ada?a=1&b=2"
    assert (link["target"], link["rel"]) == ("_blank", "noopener noreferrer")


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "someone"])
def test_contact_that_is_no_web_address_is_text(value: str) -> None:
    """Only web addresses become links."""
    assert not parsed(contact_value(Contact("Website", value, Span(0, 1)))).attributes("a")


def test_interview_is_whole_in_order_and_marked() -> None:
    """The panel holds introduction, dialogue, contacts and credits in order; the passage and sentence are marked."""
    page = parsed(read_interview(INTERVIEW, SHELF, passage=HIT.span, sentence=HIT.sentence))
    places = [page.text.index(words) for words in (INTRODUCTION, QUESTION, ANSWER, "Website", CREDITS)]
    assert places == sorted(places)
    assert "".join(page.all("mark")) == ANSWER
    assert page.all("mark", class_="sentence") == [HIT.marked]
    assert page.all("section", class_="turn interviewer tone-7")
    assert page.all("section", class_="turn interviewee tone-0")
    assert "img" not in {name for name, _, _ in page.elements}


def test_contents_list_the_interviews() -> None:
    """Each interview stands in the list with its people and can be opened; a long list says how many are left."""
    page = parsed(contents(SHELF))
    assert page.all("button", **{"data-source": "ada.txt"}) == ["ALAda <b>Lovelace</b>Ada Lovelace, 1 question"]
    assert "and 13 others" in contents(Shelf({str(number): INTERVIEW for number in range(20)}, {}))
    assert contents(Shelf({}, {})) == ""


def test_interview_without_a_passage_marks_nothing() -> None:
    """Read for its own sake, an interview is unmarked."""
    assert not parsed(read_interview(INTERVIEW, SHELF)).all("mark")


def test_reply_to_who_names_people_and_the_silent() -> None:
    """A "who" reply names each person once with the marked sentence and a number, then who has nothing."""
    page = parsed(reply(answer_of(HIT, hit_of(ANSWER, "I was told otherwise.")), 2, SHELF))
    assert page.all("p", class_="lead") == ["One person talks about this: Ada Lovelace."]
    assert page.all("strong") == ["Ada Lovelace"]
    assert page.all("span", class_="said") == ["I had to unlearn “patience” & haste.", "I was told otherwise."]
    assert page.all("span", class_="tally") == ["2 passages in 1 interview"]
    assert page.all("a", class_="cite", href="#quote-2-1") == ["[1]"]
    assert page.all("details", class_="unfold") == ["1 more quote by Ada Lovelace“I was told otherwise.” [2] "]
    assert page.all("p", class_="silent") == ["Also searched, with nothing to quote: Bo Li."]


def test_who_table_has_one_row_for_each_person_in_the_order_of_the_answer() -> None:
    """Everybody has one row with all of their quotes, each passage is counted once, and the interviews are told."""
    other = replace(SOURCE, name="bo.txt")
    theirs = [replace(HIT, passage=replace(HIT.passage, speaker=name), origin=origin) for name, origin in (
        ("Bo <b>Li</b>", SOURCE), ("Ada Lovelace", SOURCE), ("Ada Lovelace", other),
    )]  # fmt: skip
    answer = replace(answer_of(*theirs), speakers=("Bo <b>Li</b>", "Ada Lovelace"), silent=())
    page = parsed(reply(answer, 1, SHELF))
    assert page.all("strong") == ["Bo <b>Li</b>", "Ada Lovelace"]
    assert page.all("span", class_="tally")[:2] == ["1 passage in 1 interview", "2 passages in 2 interviews"]
    assert page.all("a", class_="cite") == ["[1]", "[2]", "[3]"]
    assert "bo.txt" in page.all("details", class_="unfold")[0]


def test_long_who_table_folds_and_loses_nobody() -> None:
    """Of very many people the first are shown at once; all others, said or silent, stand in what unfolds."""
    names = [f"Speaker {number:03}" for number in range(40)]
    hits = [replace(HIT, passage=replace(HIT.passage, speaker=name)) for name in names]
    answer = replace(answer_of(*hits), speakers=tuple(names), silent=tuple(f"Silent {name}" for name in names))
    page = parsed(reply(answer, 1, SHELF))
    assert page.all("strong") == names
    assert page.all("summary")[0] == "Show 28 more people"
    (silent,) = page.all("details", class_="silent")
    assert all(f"Silent {name}" in silent for name in names)


def test_count_that_reached_its_limit_says_so() -> None:
    """Where more passages may answer than are looked for, the table does not claim that these are all."""
    assert "there may be more" in parsed(reply(answer_of(*[HIT] * MOST_COUNTED), 1, SHELF)).text
    assert "there may be more" not in parsed(reply(answer_of(HIT), 1, SHELF)).text


def test_cards_of_one_person_are_folded_under_the_best() -> None:
    """Where people are asked for, each has the best card in view, and all others under it."""
    page = parsed(card_set(answer_of(HIT, HIT, hit_of(ANSWER, "I was told otherwise.")), 1, SHELF, shown=True))
    assert page.all("summary").count("2 more quotes by Ada Lovelace") == 1
    assert page.all("article", id=anchor(1, 3))[0] in page.all("details", class_="further")[0]
    assert page.all("article", id=anchor(1, 1))[0] not in page.all("details", class_="further")[0]
    assert not parsed(card_set(answer_of(HIT, HIT, kind="what"), 1, SHELF, shown=True)).all("details", class_="further")


def test_reply_to_what_groups_all_quotes_by_speaker() -> None:
    """Another question's reply holds every quote under its speaker."""
    page = parsed(reply(answer_of(HIT, hit_of(ANSWER, "I was told otherwise."), kind="what"), 1, SHELF))
    assert page.all("strong") == ["Ada Lovelace"]
    assert page.all("a", class_="cite") == ["[1]", "[2]"]


def test_reply_says_plainly_that_nobody_said_it() -> None:
    """An unanswerable question is told so, and the nearest passages are called no answer."""
    page = parsed(reply(answer_of(HIT, said=False), 1, SHELF))
    assert page.all("p", class_="lead none") == ["Nobody in this interview says that."]
    assert page.all("p", class_="silent") == [f"{NEAREST} [1]"]
    assert not page.all("strong")


def test_follow_up_without_more_does_not_deny_what_was_shown() -> None:
    """Asked for more where there is no more, the reply does not say that nobody said it."""
    page = parsed(reply(answer_of(HIT, said=False, skip=("an-id",)), 1, SHELF))
    assert page.all("p", class_="lead none") == ["Nothing more is said on this than what was shown before."]


def test_reply_shows_how_the_question_was_understood() -> None:
    """The reader can see person, topic and what was carried over, and change it."""
    answer = answer_of(HIT, kind="what", topic="haste", speakers=("Ada Lovelace",), carried=True)
    page = parsed(reply(answer, 1, SHELF))
    line = page.all("div", class_="understood")[0]
    assert understood_as(answer.understood) in line
    assert "continued from the question before" in line
    assert "Ada Lovelace" in line
    assert "haste" in line
    assert answer.understood.text in [button.get("data-fresh") for button in page.attributes("button")]


def test_reply_knows_a_stranger() -> None:
    """A name that nobody here bears is said to be nobody's, with the names there are."""
    page = parsed(reply(answer_of(HIT, said=False, strangers=("Angela",)), 1, SHELF))
    assert "Nobody called Angela is interviewed here. Those who are: Ada Lovelace and Bo Li." in page.text


def test_question_without_words_gets_advice() -> None:
    """Nothing to look for is no failure: the reply says what a question is."""
    empty = Answer(Understood("🙂", "empty", ""), False, 0.0, (), (), ())
    assert "no words" in parsed(reply(empty, 1, SHELF)).text


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Lovelace", "AL"), ("Jean-Luc de la Tour", "JT"), ("Speaker 1", "S1"), ("—", "?"), (UNKNOWN_SPEAKER, "?")],
)
def test_initials(name: str, letters: str) -> None:
    """The first letters of the first and the last word stand for a name; who has none has no letters."""
    assert initials(name) == letters


def test_twin_titles_are_told_apart_by_their_files() -> None:
    """Two interviews of one title are shown with their file names."""
    twin = Interview(Source("b.txt", TEXT, SOURCE.sha256), INTERVIEW.title, (), (), ())
    titles = [title for title, _ in Shelf.of([INTERVIEW, twin], []).titles()]
    assert titles == ["Ada <b>Lovelace</b> (ada.txt)", "Ada <b>Lovelace</b> (b.txt)"]


def test_card_leads_to_the_second_and_names_the_page(tmp_path: Path) -> None:
    """A quote shows when and on which page it was said; a recording is a link or is played, and else only the time."""
    start = span_of(ANSWER).start
    source = Source(
        "ada.txt",
        TEXT,
        SOURCE.sha256,
        moments=(Moment(start, 754.9),),
        places=(Place(0, "page 2"), Place(start, "page 3")),
    )
    hit = replace(HIT, origin=source)
    interview = replace(INTERVIEW, source=source, recording="somewhere")
    (tmp_path / "ada.mp3").touch()

    def card(recording: str) -> Parsed:
        shelf = Shelf.of([interview], ["Ada Lovelace"], lambda name: recording)
        return parsed(card_set(answer_of(hit), 1, shelf, shown=True))

    linked = card("https://youtu.be/abc")
    assert linked.all("p", class_="source") == ["ada.txt · line 3 · page 3 · at 0:12:34"]
    assert [each["href"] for each in linked.attributes("a")] == ["https://youtu.be/abc?t=754s"]
    played = [each.get("data-play") for each in card(str(tmp_path / "ada.mp3")).attributes("button")]
    assert "/recordings?interview=ada.txt#t=754" in played
    for nowhere in ("", "javascript:alert(1)", "file:///etc/passwd", str(tmp_path / "gone.mp3"), "/etc/passwd"):
        page = card(nowhere)
        assert page.all("span", class_="when") == ["at 0:12:34"]
        assert not page.attributes("a")
        assert not any("data-play" in each for each in page.attributes("button"))


def test_line_is_shown_only_where_it_is_the_files_own() -> None:
    """A line of a transcript that was made of captions or pages stands in no file; the time or page does."""
    start = span_of(ANSWER).start
    captions = replace(SOURCE, name="ada.srt", format="SubRip", moments=(Moment(start, 754.9),))
    pages = replace(SOURCE, name="ada.pdf", format="PDF", places=(Place(start, "page 3"),))
    bare = replace(SOURCE, name="ada.docx", format="Word")
    for source, where in ((captions, "at 0:12:34"), (pages, "page 3"), (bare, "")):
        interview = replace(INTERVIEW, source=source)
        shelf = Shelf.of([interview], ["Ada Lovelace"])
        card = parsed(card_set(answer_of(replace(HIT, origin=source)), 1, shelf, shown=True))
        assert card.all("p", class_="source") == [" · ".join(filter(None, (source.name, where)))]
        labels = [str(each.get("aria-label")) for each in card.attributes("button")]
        assert labels[0] == ", ".join(filter(None, ("Copy quotation of Ada Lovelace", where)))
        assert parsed(read_interview(interview, shelf)).all("span", class_="line") == [where] * bool(where)


def test_turns_show_their_times_and_the_head_where_it_comes_from() -> None:
    """The whole interview shows date, source and recording, and when each turn begins."""
    source = replace(SOURCE, moments=(Moment(span_of(QUESTION).start, 3.0), Moment(span_of(ANSWER).start, 75.0)))
    interview = replace(
        INTERVIEW, source=source, date="2024-05-01", link="https://example.org/talk", recording="https://vimeo.com/1"
    )
    page = parsed(read_interview(interview, Shelf.of([interview], [], lambda name: "https://vimeo.com/1")))
    assert page.all("span", class_="line") == ["line 2 · at 0:00:03", "line 3 · at 0:01:15"]
    assert page.all("p", class_="origin") == ["2024-05-01 · Source · Recording"]
    addresses = [each["href"] for each in page.attributes("a")]
    assert addresses[:4] == [
        "https://example.org/talk", "https://vimeo.com/1", "https://vimeo.com/1#t=3s", "https://vimeo.com/1#t=75s",
    ]  # fmt: skip


def test_report_tells_what_was_recognised_and_what_to_look_at() -> None:
    """Format, layout, each speaker's share, what is nobody's; warnings lead to the form instead of to a command."""
    made = Report(
        source=f"{HOSTILE}.vtt", format="WebVTT", layout="labels", title=HOSTILE, date="", link="", recording="",
        speakers=(Part(HOSTILE, "interviewee", ("Ada L.",), 1_200, 34_567),), pairs=4, words=34_567,
        nobodys_words=12, nobodys=(HOSTILE,), timed=True, corrected=False,
        warnings=(
            "It is not clear who asks. Say who asks: whosaid speakers 'a b.vtt' --role \"Ada\" interviewer",
            "If the labels are exchanged, see whosaid show 'a b.vtt' and swap them: whosaid speakers x --swap A B",
            "The times do not go forward throughout: before you cite one, compare it with the recording.",
        ),
    )  # fmt: skip
    page = parsed(report(made, correctable=True))
    assert page.all("p", class_="recognised") == [f"{HOSTILE}.vtt · WebVTT, labels, with times"]
    assert page.all("td") == ["interviewee", "1,200", "34,567"]
    assert page.all("summary") == ["12 words belong to nobody"]
    assert page.all("li")[1:] == [
        "Please check: It is not clear who asks. Say who asks, under “Correct”.",
        "Please check: If the labels are exchanged, swap them, under “Correct”.",
        "Please check: The times do not go forward throughout: before you cite one, compare it with the recording.",
    ]
    assert "img" not in {name for name, _, _ in page.elements}

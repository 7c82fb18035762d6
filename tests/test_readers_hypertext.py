"""From web pages to transcripts: what a person reads, and who the page says is speaking."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers import elements
from rag.readers.hypertext import read_hypertext
from rag.source import Transcript
from tests.growth import grows_in_proportion

PATH = Path("talk.html")


def read(page: str | bytes, path: Path = PATH) -> Transcript:
    """The transcript of a page."""
    return read_hypertext(page.encode() if isinstance(page, str) else page, path)


def marked(transcript: Transcript, kind: str) -> list[str]:
    """The words of the marks of one kind."""
    return [mark.span.of(transcript.text) for mark in transcript.marks if mark.kind == kind]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    """Each label with what follows it up to the next one, without the colon."""
    labels = [mark.span for mark in transcript.marks if mark.kind == "label"]
    ends = [label.start for label in labels[1:]] + [len(transcript.text)]
    words = [transcript.text[label.end : end].strip(": \n") for label, end in zip(labels, ends, strict=True)]
    return [(label.of(transcript.text), told) for label, told in zip(labels, words, strict=True)]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<div>One.<div>Two.</div>Three.</div>", "One.\n\nTwo.\n\nThree."),
        ("<p>One.<br>Two.<br/><br>Three.", "One.\nTwo.\n\nThree."),
        ("<p>  One\n  and\t<i>t</i>wo , <b>so</b> \n</p>\n", "One and two , so"),
        ("<p>A&nbsp;&amp;&#32;B &lt;i&gt; caf&eacute; &#x2019;", "A & B <i> café ’"),
        ("<p>in&shy;visible\u200b signs\ufeff", "invisible signs"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("<pre>\nAna:  One\n\n  two\n</pre>", "Ana:  One\n\n  two"),
        ("<p style='white-space: pre-wrap'>One\ntwo", "One\ntwo"),
        ("<table><tr><td>Boats<td>3<tr><td>Sails<td>9</table>", "Boats\t3\nSails\t9"),
        ("<p>if a < b and c > d</p>", "if a < b and c > d"),
        ("One <!-- not <p>this --> two", "One two"),
        ("<p>One<p <br two", "One<p <br two"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan"),
    ],
)
def test_a_page_is_read_as_it_is_shown(page: str, text: str) -> None:
    """Paragraphs, lines, white space and characters come out as a browser shows them."""
    assert read(page).text == text


def test_what_is_not_shown_or_not_the_page_itself_is_left_out() -> None:
    """Scripts, menus, heads and feet of pages, forms and hidden things hold no conversation."""
    page = """<head><title>T</title><style>p{}</style></head><body><header>Our site<nav>Home</nav></header>
    <nav>Menu</nav><script>var a = "<p>no</p>";</script><p>Ana: Where do you sail, and with whom, and when?</p>
    <p hidden>no</p><p style="display: none">no</p><aside>Ad</aside><form>Subscribe <input></form><button>Go</button>
    <svg><text>no</text></svg><template><p>no</p></template><noscript>no</noscript><div id="comments">Nice!</div>
    <p>Ben: Out to sea, with whoever comes.</p><footer>Imprint</footer>"""
    assert read(page).text == "Ana: Where do you sail, and with whom, and when?\n\nBen: Out to sea, with whoever comes."


@pytest.mark.parametrize(
    "around", ["form", "aside", "footer", "nav", "button", "div hidden", "div style='display:none'"]
)
def test_a_conversation_is_never_lost(around: str) -> None:
    """Where most of the words stand in what is usually left out, that is the page (one form around everything)."""
    tag = around.split()[0]
    page = f"<p>Talk.</p><{around}><p>Ana: Where do you sail?</p><p>Ben: Out to sea, always.</p></{tag}>"
    assert read(page).text == "Talk.\n\nAna: Where do you sail?\n\nBen: Out to sea, always."


def test_the_main_part_is_read_where_it_holds_most() -> None:
    """What stands around a main part or an article is left out; its own head with the introduction stays."""
    words = "<p>Ana: Where do you sail? Ben: Out to sea.</p>" * 3
    page = f"<div>Related talks</div><article><header><h1>A talk</h1><p>Ben sails.</p></header>{words}</article>"
    transcript = read(page)
    assert transcript.text.startswith("A talk\n\nBen sails.\n\nAna: Where")
    assert "Related" not in transcript.text


def test_a_main_part_with_few_of_the_words_is_not_the_page() -> None:
    """Where the conversation stands outside of the main part, or in many articles, all of it is read."""
    assert "Out to sea" in read("<main>A talk</main><p>Ana: Where do you sail?<p>Ben: Out to sea.").text
    turns = "".join(f"<article><p>Turn {number} of this talk.</p></article>" for number in range(4))
    assert read(turns).text.count("Turn") == 4


def test_headings_and_bold_words_are_marked() -> None:
    """How words are set is told: headings, and each bold stretch, whether by tag, style or class."""
    page = """<style>.c1 { color: red; font-weight:700 } .c2 {font-weight: 400}</style><h2>On <i>boats</i></h2>
    <p><b>Why</b> <strong>boats?</strong> Because.<p class="c1">And sails?<p class="c2">No.
    <p style="font-weight:bold">And<br>oars?<b style="font-weight:normal"><p>Never.</p></b>"""
    transcript = read(page)
    assert marked(transcript, "heading") == ["On boats"]
    assert marked(transcript, "bold") == ["Why boats?", "And sails?", "And\noars?"]


def test_a_bold_stretch_ends_with_its_paragraph() -> None:
    """Mark-up that is left open or crossed does not make the answers bold."""
    assert marked(read("<b><p>Why?</b><p>Because."), "bold") == ["Why?"]
    assert marked(read("<p><b>Why?<p>Because."), "bold") == ["Why?"]
    assert marked(read("<b><p>Why?</p><p>And how?</p></b><p>So."), "bold") == ["Why?", "And how?"]


@pytest.mark.parametrize(
    "turn",
    [
        "<cite>{0}:</cite> <time>0:0{2}</time><p>{1}</p>",
        "<p><cite>{0}</cite> {1}</p>",
        "<div class='turn'><span class='ts'>00:0{2}</span><span class='speaker-name'>{0}</span><span>{1}</span></div>",
        "<div class='Turn_speakerName__x1'>{0}</div><div class='Turn_text__y2'>{1}</div>",
        "<p><strong class='who'>{0}:</strong> {1}</p>",
        "<h3 class='speaker'>{0} <small>(00:0{2})</small></h3><p>{1}</p>",
        "<p><span data-role='speaker'>{0}</span><br>{1}</p>",
        "<p><b data-speaker='{0}'>{0}</b> {1}</p>",
        "<div class='interviewer'>{0}</div><p>{1}</p>",
    ],
)
def test_the_page_says_who_speaks(turn: str) -> None:
    """Elements that name speakers are labels without colon and time, and their words follow."""
    talk = [("Ana", "Where do you sail?"), ("Ben Ito", "Out to sea. And back."), ("Ana", "Why?")]
    page = "".join(turn.format(name, words, second) for second, (name, words) in enumerate(talk))
    heard = said(read(page))
    assert [name for name, _ in heard] == ["Ana", "Ben Ito", "Ana"]
    assert all(words in told and len(told) < len(words) + 12 for (_, told), (_, words) in zip(heard, talk, strict=True))


def test_words_follow_a_label_after_a_colon_or_on_the_next_line() -> None:
    """A label on a line of its own is followed by a new line, one within a line by a colon; times stay beside it."""
    page = """<p><span class=speaker>Ana</span><span class=t>0:01</span><span>Where?</span></p>
    <div class=speaker>Ben</div><div>0:05</div><p>There.</p><p><b class=speaker>Ana:</b> Oh.</p>"""
    assert read(page).text == "Ana 0:01: Where?\n\nBen 0:05\nThere.\n\nAna: Oh."


@pytest.mark.parametrize(
    "page",
    [
        "<dl><dt>Ana:<dd>Where to?<dt>Ben:<dd>Out to sea.<dt>Ana:<dd>Oh.</dl>",
        "<table><tr><td>Ana<td>Where do you sail these days, and why?<tr><td>Ben<td>Out to sea, for the fish."
        "<tr><td>Ana<td>Oh.</table>",
        "<table><tr><th>Time<th>Speaker<th>Words<tr><td>0:01<td>Ana<td><p>Where to?</p><tr><td>0:05<td>Ben<td>To sea."
        "<tr><td>0:09<td>Ana<td>Oh.</table>",
    ],
)
def test_lists_and_tables_of_turns(page: str) -> None:
    """Terms with their words, and rows whose first cell is a name that recurs, are turns."""
    assert [name for name, _ in said(read(page))] == ["Ana", "Ben", "Ana"]
    assert said(read(page))[2][1] == "Oh."


@pytest.mark.parametrize(
    "page",
    [
        "<p>By <span class='author'>Jo Low</span></p><p>Ana: Where? By <span class='author'>Jo Low</span></p>",
        "<p class='interviewer'>Where to?</p><p>Out.</p><p class='interviewer'>Why?</p><p>So.</p>",
        "<dl><dt>Where to?<dd>Out.<dt>Why?<dd>So.</dl>",
        "<p><cite>The Sea</cite> is a book.<p>I read <cite>Boats</cite>.",
        "<nav><span class='speaker'>Ana</span></nav><p>Where do you sail, and why, and when?</p>",
        "<div class='speaker'>" + "Words that go on. " * 9 + "</div>" + "<div class='speaker'>Yes.</div>",
    ],
)
def test_what_names_nobody_is_no_label(page: str) -> None:
    """Bylines, questions, titles of books, menus and whole turns are not taken for the name of a speaker."""
    assert marked(read(page), "label") == []


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<meta property='og:title' content='A talk - The Site'><meta property='og:site_name' content='The Site'>",
            "A talk",
        ),
        ("<title>A talk | The Site</title>", "A talk"),
        ("<title>A talk &ndash; with Ben</title>", "A talk – with Ben"),
        ("<title>Site</title><h1>A <i>talk</i></h1>", "A talk"),
        ("", ""),
    ],
)
def test_the_title_is_the_pages_own(head: str, title: str) -> None:
    """The title is taken from where the page states it, without the name of the site."""
    assert read(f"{head}<p>Ana: Hello.</p>").stated.title == title


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2024-03-01T10:00:00Z'>",
        "<article><header><time datetime='2024-03-01'>last week</time></header>",
        "<meta itemprop='datePublished' content='2024-03-01'>",
    ],
)
def test_the_date_and_the_address_are_stated(head: str) -> None:
    """The day of publication and the page's own address are told; an address must be one."""
    stated = read(f"<link rel='canonical' href='https://example.org/talk'>{head}<p>Ana: Hello.</p>").stated
    assert (stated.date, stated.link) == ("2024-03-01", "https://example.org/talk")
    assert read("<link rel='canonical' href='javascript:x'><p>Hi").stated.link == ""


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset='iso-8859-1'>", "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "windows-1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("", "windows-1252"),
        ("", "utf-8"),
        ("", "utf-16"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("<meta charset=nonsense-8>", "windows-1252"),
    ],
)
def test_the_text_is_the_same_in_every_encoding(declaration: str, encoding: str) -> None:
    """The encoding is what the bytes are, or what the page declares."""
    page = f"{declaration}<p>Ana: “Où vas-tu ?” – À la mer."
    assert read(page.encode(encoding)).text == "Ana: “Où vas-tu ?” – À la mer."


def test_a_declared_encoding_is_followed() -> None:
    """Letters that only the declared encoding tells are read by it."""
    assert read("<meta charset='koi8-r'><p>Анна: Куда?".encode("koi8-r")).text == "Анна: Куда?"
    assert read("<meta charset='shift_jis'><p>アナ: どこへ?".encode("shift_jis")).text == "アナ: どこへ?"


def test_xhtml_is_read_as_xml() -> None:
    """In XHTML a tag that ends in a slash has no content, and sections of data are text."""
    page = "<html><head><title/><script src='x'/></head><body><p/><p>Ana: Where <![CDATA[& why]]>?</p></body></html>"
    assert read(page, Path("talk.xhtml")).text == "Ana: Where & why?"


@pytest.mark.parametrize("page", ["", "<p></p>", "<script>app()</script><div id=app></div>", "<p>&nbsp; — </p>"])
def test_a_page_without_words_is_refused(page: str) -> None:
    """A page that a script would fill is refused with what to do."""
    with pytest.raises(ReadError, match="no words") as caught:
        read(page)
    assert caught.value.path == PATH


def test_what_is_no_text_is_refused() -> None:
    """Bytes that are no text are not taken for a page."""
    with pytest.raises(ReadError, match="not text"):
        read(bytes(range(256)) * 9)


@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from("""
    <p> </p> <b> </b> <div class='speaker'> </div> <table> <tr> <td> </td> </table> <dl> <dt> <dd> <cite> </cite> Ana
    words : 0:01 <!-- --> <pre> </pre> <br> <script> </script> <title> <article> </article> <form> </form> & &amp; &#0;
    &#xD800; &#99999999999; <h1 " ' <a=">" <![CDATA[ ]]> <?xml ?> <style>.a{font-weight:bold} </style> \ud83d\ude00
    """.split(" "))).map(lambda parts: "".join(parts).encode("utf-8", "replace"))))  # fmt: skip
def test_any_bytes_give_a_transcript_or_an_error(content: bytes) -> None:
    """Whatever is called a page is read or refused, and every mark stands within the text."""
    try:
        transcript = read(content)
    except ReadError:
        return
    assert transcript.text == transcript.text.strip()
    assert all(mark.span.of(transcript.text).strip() for mark in transcript.marks)
    transcript.text.encode()


@given(st.lists(st.text(st.characters(categories=["L", "Nd", "Po"], exclude_characters="&<"), min_size=1), min_size=1))
@settings(max_examples=50)
def test_no_word_is_lost(words: list[str]) -> None:
    """Every word of the page is in the transcript, in order, whatever elements stand around it."""
    tags = ("p", "b", "div", "td", "li", "cite", "span class=speaker", "table", "h2", "dd", "unknown")
    page = "".join(f"<{tags[number % len(tags)]}>{word} " for number, word in enumerate(words))
    expected = " ".join(words).split()
    if any(map(str.isalnum, "".join(words))):
        found = read(page).text
        assert [word for word in found.replace(":", "").split() if word] == [
            word for word in " ".join(expected).replace(":", "").split() if word
        ]


@pytest.mark.parametrize(
    "attack",
    [
        lambda size: b"x" + b"<div>x" * size,
        lambda size: b"x<p " + b" ".join(b"a%d=1" % number for number in range(size)),
        lambda size: b"".join(b"<font a=%d>x" % number for number in range(size)),
        lambda size: b"x" + b"<script>" * size,
        lambda size: b"x<script>" + b"</script " * size,
        lambda size: b"x" + b'<a b="' * size,
        lambda size: b"x<!--" * size,
        lambda size: b"x&#" + b"9" * size,
        lambda size: b"<table><tr><td>x<td>y" * size,
        lambda size: b"<div class=speaker>A" * size,
        lambda size: b"<header>x" * size,
    ],
)
@pytest.mark.timed
def test_the_time_is_in_proportion_to_the_page(attack: Callable[[int], bytes]) -> None:
    """A page made to take long takes longer in proportion to its length, not by the square."""
    assert grows_in_proportion(lambda size: read(attack(size)), 1250)


def test_a_page_of_endless_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More elements than any interview has are not kept in memory."""
    monkeypatch.setattr(elements, "MOST_ELEMENTS", 100)
    with pytest.raises(ReadError, match="more than 100 elements"):
        read("<b>x" * 101)

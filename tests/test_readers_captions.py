"""Captions become the transcript that a person would read: whose words, in paragraphs, and when."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers.captions import read_captions
from rag.source import Transcript
from tests.growth import grows_in_proportion

VOICES = """WEBVTT - Bees in the city

NOTE Recording: https://example.org/bees.mp3

STYLE
::cue(v[voice="Ada Moss"]) { color: lime }

REGION
id:left

opening-1
00:01.000 --> 00:03.000 align:start position:0%
<v.loud Ada Moss>Why do <i>you</i> keep

0:00:03.000 --> 0:00:05.000
bees &amp; not cats?</v>

00:00:05.500 --> 00:00:08.000
<v Ben Okoro>Cats <00:00:06.000><c.soft>scratch.</c>
<v Ada Moss>True.
"""
FRAGMENTS = [
    "WEBVTT\n", "\n", "\n\n", "\r\n", "\r", "1\n", "2", "00:00:01,000 --> 00:00:02,000\n", "00:03.5 -> 00:04", "-->",
    "0:00:01.000,0:00:02.000\n", "<v Ann>", "<v", "</v>", "NOTE x\n", "STYLE\n", "Ann: ", ">> ", "- no", "hello",
    "&lt;", "&#13;", "&#0;", "{\\an8}", "\\N", "<c>", "<", ">", ":", "\u2028", "\ufeff", "\x1b", "é", "[br]", "99:99",
]  # fmt: skip


def captions(text: str, name: str = "talk.srt") -> Transcript:
    """Read a made-up caption file."""
    return read_captions(text.encode(), Path(name))


def srt(*cues: str, seconds: float = 2.0) -> str:
    """A SubRip file with one cue after the other."""
    return "\n".join(
        f"{number}\n{clock(number * seconds)} --> {clock((number + 1) * seconds)}\n{cue}\n"
        for number, cue in enumerate(cues, start=1)
    )


def clock(seconds: float) -> str:
    """A time as SubRip writes it."""
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02},{rest:03}"


def labels(read: Transcript) -> list[str]:
    """The names that are marked as labels."""
    return [mark.span.of(read.text) for mark in read.marks if mark.kind == "label"]


def nobodys(read: Transcript) -> list[str]:
    """The words that are marked as nobody's."""
    return [mark.span.of(read.text) for mark in read.marks if mark.kind == "nobody"]


def said_at(read: Transcript) -> list[tuple[float, str]]:
    """Each moment with the word at its offset."""
    return [(moment.seconds, read.text[moment.offset :].split(maxsplit=1)[0]) for moment in read.moments]


def test_voices_become_labelled_paragraphs() -> None:
    """A voice is written before its words and marked; a cue without voice goes on with the one before."""
    read = captions(VOICES, "bees.vtt")
    assert read.text == ("Ada Moss: Why do you keep bees & not cats?\n\nBen Okoro: Cats scratch.\n\nAda Moss: True.")
    assert labels(read) == ["Ada Moss", "Ben Okoro", "Ada Moss"]
    assert not nobodys(read)
    assert read.format == "WebVTT captions"


def test_moments_stand_at_the_first_words_of_each_cue() -> None:
    """The time of a cue is that of its first word, behind the label."""
    assert said_at(captions(VOICES, "bees.vtt")) == [(1.0, "Why"), (3.0, "bees"), (5.5, "Cats")]


def test_header_and_notes_tell_title_and_recording() -> None:
    """A title after a dash and a recording in a note are taken; the rest of header and notes is no speech."""
    stated = captions(VOICES, "bees.vtt").stated
    assert (stated.title, stated.recording) == ("Bees in the city", "https://example.org/bees.mp3")
    made = captions("WEBVTT - Captions created by Somebody\nKind: captions\n\n00:01.000 --> 00:02.000\nHi.\n", "a.vtt")
    assert (made.text, made.stated.title) == ("Hi.", "")


def test_words_before_the_first_voice_are_nobodys() -> None:
    """Where a file names voices, words that stand before all of them are given to nobody."""
    read = captions("WEBVTT\n\n00:01.000 --> 00:02.000\nA door.\n\n00:02.000 --> 00:03.000\n<v S01>Come in.\n", "a.vtt")
    assert read.text == "A door.\n\nS01: Come in."
    assert (nobodys(read), labels(read)) == (["A door."], ["S01"])


def test_a_change_of_speaker_without_a_name_is_nobodys() -> None:
    """Beside voices, a dash or ">>" says that somebody else speaks, and not who."""
    cues = ["<v Ada>Who is there?", "- Me.\n- And me.", "<v Ada>Both?", "&gt;&gt; Both.", "Yes."]
    read = captions(srt(*cues))
    assert nobodys(read) == ["- Me.\n\n- And me.", ">> Both. Yes."]
    assert labels(read) == ["Ada", "Ada"]


def test_a_label_beside_voices_names_its_speaker_once() -> None:
    """A label that repeats the voice is not written twice, and one that names another voice is that voice."""
    read = captions(srt("<v Ada>Ada: One.", "<v Ben>Two.", "ADA: Three.", "Remember: four."))
    assert read.text == "Ada: One.\n\nBen: Two.\n\nAda: Three. Remember: four."
    assert labels(read) == ["Ada", "Ben", "Ada"]


def test_captions_without_voices_have_no_labels_marked() -> None:
    """Labels within the words open paragraphs, and stay words: what they mean is not for this room to say."""
    read = captions(srt("Ada: What is", "honey?", ">> BEN: Sugar,", "mostly. [Ada]: And", "[Ada]: water?"))
    assert read.text == "Ada: What is honey?\n\nBEN: Sugar, mostly. [Ada]: And\n\n[Ada]: water?"
    assert not read.marks


def test_a_colon_in_a_sentence_opens_no_paragraph() -> None:
    """A capital word before a colon that stands in mid-sentence and once is no label."""
    assert captions(srt("There is one thing in", "London: rain.")).text == "There is one thing in London: rain."


def test_dashes_of_two_speakers_are_paragraphs() -> None:
    """Two lines of one cue with dashes are two speakers; a dash alone is not."""
    read = captions(srt("- Tea?\n- Please.", "It is cold", "- very cold - today."))
    assert read.text == "- Tea?\n\n- Please.\n\nIt is cold - very cold - today."


def test_a_long_pause_ends_a_paragraph_after_a_sentence_only() -> None:
    """More than four seconds of silence open a paragraph without a label, but never within a sentence."""
    text = "1\n00:00:01,000 --> 00:00:02,000\n<v Ada>I was\n\n2\n00:00:09,000 --> 00:00:10,000\nborn here.\n\n"
    read = captions(f"{text}3\n00:00:15,000 --> 00:00:16,000\nThen we left.\n")
    assert read.text == "Ada: I was born here.\n\nThen we left."
    assert labels(read) == ["Ada"]


def test_rolling_captions_are_written_once() -> None:
    """Captions that repeat the last line of the cue before, as YouTube's do, say each line once, at its own time."""
    shown = [
        ("00:00.000 --> 00:02.000 align:start", " ", "bees<00:00:00.500><c> dance</c>"),
        ("00:02.000 --> 00:02.010 align:start", "bees dance", " "),
        ("00:02.010 --> 00:04.000 align:start", "bees dance", "to<00:00:03.000><c> talk</c>"),
        ("00:04.000 --> 00:04.010 align:start", "to talk", " "),
        ("00:04.010 --> 00:06.000 align:start", "to talk", "about flowers"),
    ]
    rolling = "WEBVTT\nKind: captions\n\n" + "\n\n".join("\n".join(cue) for cue in shown)
    read = captions(rolling, "dance.vtt")
    assert read.text == "bees dance to talk about flowers"
    assert said_at(read) == [(0.0, "bees"), (2.01, "to"), (4.01, "about")]


def test_a_word_said_twice_is_written_twice() -> None:
    """Two cues with the same word, one after the other, are no rolling captions; the same cue at the same time is."""
    assert captions(srt("No.", "No.", "Never.")).text == "No. No. Never."
    assert captions(srt("No.", "Never.") + "\n" + srt("x", "Never.").split("\n\n")[1]).text == "No. Never."


@pytest.mark.parametrize(
    "faulty",
    [
        "00:00:01,000 --> 00:00:02,000\nOne, two.\n\n00:00:03,000 --> 00:00:04,000\nThree.\n",
        "1\n00:00:01,000 --> 00:00:02,000\nOne, two.\n2\n00:00:03,000 --> 00:00:04,000\nThree.",
        "1\r\n0:0:1.0 -> 0:0:2.0\r\nOne,\r\n\r\ntwo.\r\n\r\n2\r\n0:0:3.0 -> 0:0:4.0\r\nThree.\r\n",
        "1\r00:00:01,000 --> 00:00:02,000\rOne, two.\r\r2\r00:00:03,000 --> 00:00:04,000\rThree.\r",
        "1\n00:00:01,000 --> \n{\\an8}One,\\Ntwo.\n\n7\n00:00:03,000 --> 00:00:04,000 X1:1 X2:2\nThree.\n",
        "\ufeff1\n01.000 --> 00:02.000\nOne,<br>two.\n\n2\n00:03.000 --> 00:04.000\n<font color=red>Three.</font>",
        "WEBVTT\n00:01.000 --> 00:02.000\nOne, two.\n\nname of a cue\n00:03.000 --> 00:04.000\nThree.\n",
    ],
    ids=["no numbers", "no blank line", "one digit", "old Mac", "no end", "no start", "WebVTT"],
)
def test_small_faults_do_not_lose_a_word(faulty: str) -> None:
    """Missing numbers, blank lines or half a time, and any line ends: the words and the known times are all there."""
    read = captions(faulty)
    assert read.text == "One, two. Three."
    assert said_at(read)[-1] == (3.0, "Three.")


def test_a_year_on_its_own_line_is_no_cue_number() -> None:
    """A number is only taken for that of a cue where cue numbers stand."""
    read = captions("1\n00:00:01,000 --> 00:00:02,000\nIt was\n1984\n2\n00:00:03,000 --> 00:00:04,000\nor so.\n")
    assert read.text == "It was 1984 or so."


def test_youtubes_own_format_is_read() -> None:
    """An .sbv file has both times on one line with a comma between."""
    read = captions("0:00:00.500,0:00:02.000\nBees[br]hum.\n\n0:00:02.000,0:00:03.000\nAlways.\n", "a.sbv")
    assert (read.text, read.format) == ("Bees hum. Always.", "YouTube captions")
    assert said_at(read) == [(0.5, "Bees"), (2.0, "Always.")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"just a letter\n\nto nobody", "no captions"),
        (b"WEBVTT\n\nNOTE nothing here\n", "no captions"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<i> </i>\n", "holds words"),
        (bytes(range(256)), "not text"),
    ],
)
def test_what_holds_no_captions_is_refused(content: bytes, reason: str) -> None:
    """A file without captions, or without words in them, gives an error that says so and what to do."""
    with pytest.raises(ReadError, match=reason) as caught:
        read_captions(content, Path("talk.srt"))
    assert caught.value.path == Path("talk.srt")
    assert caught.value.remedy.endswith(".")


@given(st.lists(st.integers(1, 6), min_size=1, max_size=30), st.sampled_from(["", "<v Ada>", "<v B. Eck>"]))
def test_the_words_of_every_cue_are_there_in_order(lengths: list[int], voice: str) -> None:
    """Nothing is lost, added or moved, and each cue has its moment."""
    cues = [[f"w{at}x{number}" for number in range(length)] for at, length in enumerate(lengths)]
    read = captions(srt(*(voice * (at % 3 == 0) + " ".join(words) for at, words in enumerate(cues))))
    name = voice[3:-1]
    body = read.text.removeprefix(f"{name}: ") if name else read.text
    assert body.split() == [word for words in cues for word in words]
    assert [word for _, word in said_at(read)] == [words[0] for words in cues]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5)).map("".join) | st.binary().map(repr))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the file, the answer is a transcript with words or an error that names the file."""
    for name in ("a.srt", "a.vtt", "a.sbv"):
        try:
            read = read_captions(text.encode("utf-8", "surrogatepass"), Path(name))
        except ReadError:
            continue
        assert read.text.strip()
        assert "\r" not in read.text
        assert all(moment.offset < len(read.text) for moment in read.moments)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No bytes end in anything but a transcript with words or the error for a file that cannot be read."""
    with suppress(ReadError):
        assert read_captions(content, Path("a.vtt")).text.strip()


@pytest.mark.parametrize("unit", ["<v ", "<c ", "{\\", "&lt", "00:00:01,000 --> 00:00:02,000\n", " ", "- ", ">", "A: "])
@pytest.mark.timed
def test_reading_takes_time_in_proportion_to_the_file(unit: str) -> None:
    """A larger file takes longer in proportion, not by the square, whatever is repeated in it."""
    cue = "1\n00:00:01,000 --> 00:00:02,000\nx"
    assert grows_in_proportion(lambda count: captions(cue + unit * count), 5_000)

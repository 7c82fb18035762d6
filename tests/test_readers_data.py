"""JSON transcripts of many makes: the speech is found, with who says it and when, and nothing is invented."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers.clocks import read_clock, read_time
from rag.readers.data import read_data
from rag.source import Transcript
from tests.growth import grows_in_proportion

KEYS = [
    "text", "words", "body", "speaker", "start", "end", "segments", "utterances", "alternatives", "offsets", "from",
    "to", "results", "speakers", "name", "title", "question", "answer", "timestamp", "duration", "0", "metadata", "id",
    "paragraphs", "startTime", "content", "audio_url", "items", "transcript", "speakerTag", "role", "seconds", "date",
]  # fmt: skip
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(KEYS)
ANYTHING = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
)


def data(value: object, name: str = "talk.json") -> Transcript:
    """Read a made-up JSON file."""
    return read_data(json.dumps(value).encode(), Path(name))


def labels(read: Transcript) -> list[str]:
    """The names that are marked as labels."""
    return [mark.span.of(read.text) for mark in read.marks if mark.kind == "label"]


def nobodys(read: Transcript) -> list[str]:
    """The words that are marked as nobody's."""
    return [mark.span.of(read.text) for mark in read.marks if mark.kind == "nobody"]


def said_at(read: Transcript) -> list[tuple[float, str]]:
    """Each moment with the word at its offset."""
    return [(round(moment.seconds, 6), read.text[moment.offset :].split(maxsplit=1)[0]) for moment in read.moments]


def word(text: str, start: float, **more: object) -> dict[str, object]:
    """One word as most services give it."""
    return {"word": text, "start": start, "end": start + 0.2, **more}


WHISPER = {
    "text": " Why rain? It falls.",
    "language": "en",
    "segments": [
        {"id": 0, "start": 0.0, "end": 1.5, "text": " Why rain?", "avg_logprob": float("nan")},
        {"id": 1, "start": 2.0, "end": 3.0, "text": " It falls.", "words": [word(" It", 2.0), word(" falls.", 2.3)]},
    ],
}
WHISPERX = {
    "segments": [
        {
            "start": 0.5,
            "end": 4.0,
            "text": "Why rain? In 1990 it fell.",
            "words": [
                word("Why", 0.5, speaker="SPEAKER_00"),
                word("rain?", 0.9, speaker="SPEAKER_00"),
                word("In", 2.0, speaker="SPEAKER_01"),
                {"word": "1990"},
                word("it", 2.9, speaker="SPEAKER_01"),
                word("fell.", 3.1, speaker="SPEAKER_01"),
            ],
        }
    ],
    "word_segments": [],
}
WHISPER_CPP = {
    "model": {"type": "base"},
    "transcription": [
        {"timestamps": {"from": "00:00:00,500"}, "offsets": {"from": 500, "to": 1500}, "text": " Why rain?"},
        {"timestamps": {"from": "00:00:02,000"}, "offsets": {"from": 2000, "to": 3000}, "text": " It falls."},
    ],
}
PODCASTING = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ada", "startTime": 0.5, "endTime": 0.7, "body": "Why"},
        {"startTime": 0.8, "endTime": 1, "body": "rain"},
        {"startTime": 1, "endTime": 1, "body": "?"},
        {"speaker": "Ben", "startTime": 2, "endTime": 2.4, "body": "It"},
        {"startTime": 2.4, "endTime": 3, "body": "falls."},
    ],
}
ASSEMBLYAI = {
    "audio_url": "https://example.org/rain.mp3",
    "text": "Why rain? It falls.",
    "words": [{"text": "Why", "start": 250, "end": 400, "speaker": "A"}],
    "utterances": [
        {"speaker": "A", "start": 250, "end": 900, "text": "Why rain?", "words": [{"text": "Why", "start": 250}]},
        {"speaker": "B", "start": 2000, "end": 3100, "text": "It falls."},
    ],
}
DEEPGRAM_WORDS = {
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "why rain it falls",
                        "words": [
                            word("why", 0.5, speaker=0, punctuated_word="Why"),
                            word("rain", 0.9, speaker=0, punctuated_word="rain?"),
                            word("it", 2.0, speaker=1, punctuated_word="It"),
                            word("falls", 2.2, speaker=1, punctuated_word="falls."),
                        ],
                    },
                    {"transcript": "why reign it falls as another and much longer guess has it"},
                ]
            }
        ]
    }
}
DEEPGRAM_PARAGRAPHS = {
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "Why rain? It falls.",
                        "paragraphs": {
                            "transcript": "\nSpeaker 0: Why rain?\n\nSpeaker 1: It falls.",
                            "paragraphs": [
                                {"speaker": 0, "sentences": [{"text": "Why rain?", "start": 0.5, "end": 1.0}]},
                                {"speaker": 1, "sentences": [{"text": "It falls.", "start": 2.0, "end": 3.0}]},
                            ],
                        },
                    }
                ]
            }
        ]
    }
}


def spoken(content: str, start: str) -> dict[str, object]:
    """A word as Amazon Transcribe gives it."""
    return {"type": "pronunciation", "start_time": start, "alternatives": [{"confidence": "1.0", "content": content}]}


def point(content: str) -> dict[str, object]:
    """A punctuation mark as Amazon Transcribe gives it, without a time."""
    return {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": content}]}


AMAZON = {
    "jobName": "rain",
    "results": {
        "transcripts": [{"transcript": "Why rain? It falls."}],
        "speaker_labels": {
            "speakers": 2,
            "segments": [
                {"start_time": "0.5", "speaker_label": "spk_0", "items": [{"start_time": "0.5"}]},
                {"start_time": "2.0", "speaker_label": "spk_1", "items": []},
            ],
        },
        "items": [spoken("Why", "0.5"), spoken("rain", "0.9"), point("?"), spoken("It", "2.0"), spoken("falls", "2.2"),
                  point(".")],
    },
}  # fmt: skip
REV = {
    "monologues": [
        {"speaker": 0, "elements": [
            {"type": "text", "value": "Why", "ts": 0.5}, {"type": "punct", "value": " "},
            {"type": "text", "value": "rain", "ts": 0.9}, {"type": "punct", "value": "?"}]},
        {"speaker": 1, "elements": [
            {"type": "text", "value": "It", "ts": 2.0}, {"type": "punct", "value": " "},
            {"type": "text", "value": "falls", "ts": 2.2}, {"type": "punct", "value": "."}]},
    ],
}  # fmt: skip
AZURE = {
    "combinedRecognizedPhrases": [{"channel": 0, "display": "Why rain? It falls."}],
    "recognizedPhrases": [
        {"speaker": 1, "offset": "PT0.5S", "nBest": [{"lexical": "why rain", "display": "Why rain?"}]},
        {"speaker": 2, "offsetInTicks": 2e7, "nBest": [{"lexical": "it", "display": "It falls."}, {"display": "No."}]},
    ],
}
HEARD = [("Why", "0.5s", 1), ("rain?", "0.9s", 1), ("It", "2s", 2), ("falls.", "2.2s", 2)]
GOOGLE = {
    "results": [
        {"alternatives": [{"transcript": "Why rain? It falls.", "words": [
            {"word": text, "startTime": start} for text, start, _ in HEARD]}]},
        {"alternatives": [{"words": [
            {"word": text, "startTime": start, "speakerTag": tag} for text, start, tag in HEARD]}]},
    ],
}  # fmt: skip
SEPARATE = {
    "words": [
        {"text": text, "start": start} for text, start in (("Why", 0.5), ("rain?", 1), ("It", 2.0), ("falls.", 3))
    ],
    "paragraphs": [{"speaker": "Ada", "start": 0, "end": 1.5}, {"speaker": "Ben", "start": 1.9, "end": 4}],
}
NESTED = {"transcript": {"0": {"name": "Ada", "ts": "0:00.5", "line": "Why rain?"},
                         "1": {"name": "Ben", "ts": "0:02", "line": "It falls."}}}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind", "first", "second"),
    [
        (WHISPERX | {"segments": WHISPER["segments"]}, "WhisperX JSON", "", ""),
        (WHISPER, "Whisper JSON", "", ""),
        (WHISPER_CPP, "whisper.cpp JSON", "", ""),
        (PODCASTING, "Podcasting 2.0 JSON", "Ada", "Ben"),
        (ASSEMBLYAI, "AssemblyAI JSON", "Speaker A", "Speaker B"),
        (DEEPGRAM_WORDS, "Deepgram JSON", "Speaker 0", "Speaker 1"),
        (DEEPGRAM_PARAGRAPHS, "Deepgram JSON", "Speaker 0", "Speaker 1"),
        (AMAZON, "Amazon Transcribe JSON", "spk_0", "spk_1"),
        (REV, "Rev.ai JSON", "Speaker 0", "Speaker 1"),
        (AZURE, "Azure Speech JSON", "Speaker 1", "Speaker 2"),
        (GOOGLE, "Google Speech JSON", "Speaker 1", "Speaker 2"),
        (SEPARATE, "JSON transcript", "Ada", "Ben"),
        (NESTED, "JSON transcript", "Ada", "Ben"),
    ],
)
def test_each_make_says_the_same(value: object, kind: str, first: str, second: str) -> None:
    """Whoever made the file, the words, the names and the times are those in it, and a bare number is no name."""
    read = data(value)
    words = ("Why rain?", "It falls.")
    assert read.format == kind
    if first:
        assert read.text == f"{first}: {words[0]}\n\n{second}: {words[1]}"
        assert labels(read) == [first, second]
    else:
        assert read.text == " ".join(words)
        assert not read.marks
    assert [spoken for _, spoken in said_at(read)] == ["Why", "It"]
    assert said_at(read)[1][0] == 2.0


def test_words_tell_speakers_where_segments_do_not() -> None:
    """A word without speaker or time, as WhisperX leaves numbers, goes on with the words around it."""
    read = data(WHISPERX)
    assert read.text == "SPEAKER_00: Why rain?\n\nSPEAKER_01: In 1990 it fell."
    assert said_at(read) == [(0.5, "Why"), (2.0, "In")]


def test_a_map_of_speakers_gives_names_and_roles() -> None:
    """A label is the name that the map gives; roles and people go beside the conversation, not into it."""
    speakers = [{"id": 0, "name": "Ada Moss", "role": "host"}, {"id": 1, "name": "Ben Okoro", "role": "Guest"}]
    read = data({**REV, "speakers": speakers})
    assert read.text == "Ada Moss: Why rain?\n\nBen Okoro: It falls."
    assert (read.stated.hosts, read.stated.guests) == (("Ada Moss",), ("Ben Okoro",))
    assert read.stated.forms == (("0", "Ada Moss"), ("1", "Ben Okoro"))
    by_letter = data({**ASSEMBLYAI, "metadata": {"speaker_map": {"B": "Ben Okoro"}}})
    assert labels(by_letter) == ["Speaker A", "Ben Okoro"]
    assert by_letter.stated.people == ("Ben Okoro",)


def test_the_head_of_a_file_is_told_beside_the_words() -> None:
    """Title, date, link and recording stand beside the text and not in it."""
    head = {"title": "Rain", "date": "2026-05-02", "url": "https://example.org/r", "media": {"url": "rain.mp3"}}
    read = data({**head, "guests": ["Ben Okoro"], **PODCASTING})
    stated = read.stated
    assert (stated.title, stated.date, stated.link) == ("Rain", "2026-05-02", "https://example.org/r")
    assert (stated.recording, stated.guests) == ("rain.mp3", ("Ben Okoro",))
    assert "2026" not in read.text


def test_words_without_speaker_among_others_are_nobodys() -> None:
    """A segment whose speaker is null is given to nobody, and the next label is written again."""
    said = [("Ada", "Listen to this."), (None, "A train goes by."), ("unknown", "And away."), ("Ada", "So it went.")]
    read = data({"segments": [{"speaker": speaker, "text": text} for speaker, text in said]})
    assert read.text == "Ada: Listen to this.\n\nA train goes by. And away.\n\nAda: So it went."
    assert nobodys(read) == ["A train goes by. And away."]
    assert labels(read) == ["Ada", "Ada"]


def test_where_no_speaker_is_given_none_is_invented() -> None:
    """Only pauses after a sentence and long stretches open paragraphs, and none is marked."""
    times = [(0.0, 2.0, "We went out."), (2.5, 4.0, "It was"), (9.0, 10.0, "cold."), (13.0, 14.0, "Then home.")]
    read = data([{"start": start, "end": end, "text": text} for start, end, text in times])
    assert read.text == "We went out. It was cold.\n\nThen home."
    assert not read.marks
    long = data({"segments": [{"text": f"Sentence {number} has five words."} for number in range(60)]})
    assert [paragraph.count(".") for paragraph in long.text.split("\n\n")] == [24, 24, 12]


def test_labels_in_the_words_open_paragraphs() -> None:
    """Lists of strings or segments with labels within their words keep them, one turn a paragraph."""
    turns = ["Ada: Why rain?", "Ben: It falls."]
    for value in (turns, {"transcript": turns}, {"segments": [{"text": turn} for turn in turns]}):
        read = data(value)
        assert read.text == "Ada: Why rain?\n\nBen: It falls."
        assert not read.marks


def test_questions_and_answers_are_labelled_as_such() -> None:
    """Pairs of a question and an answer are two turns, and the paragraphs of an answer stay paragraphs."""
    read = data({"title": "Rain", "interview": [{"question": "Why?", "answer": "It falls.\n\nAlways."}]})
    assert read.text == "Q: Why?\n\nA: It falls.\n\nAlways."
    assert labels(read) == ["Q", "A"]


def test_a_whole_text_keeps_its_lines() -> None:
    """A transcript that is one text stays as it is; the tags of oTranscribe become lines and moments."""
    assert data({"text": "Ada: Why?\nBen: So.\r\n\r\n\r\nEnd"}).text == "Ada: Why?\nBen: So.\n\nEnd"
    stamp = '<span class="timestamp" data-timestamp="{}">0:0{}</span>'
    page = f"<p>{stamp.format(1.5, 1)}<b>Ada:</b> Why?<br />Rain &amp; snow?</p><p>{stamp.format(4, 4)}Ben: So.</p>"
    read = data({"text": page, "media": "rain.mp3", "media-time": 4})
    assert read.text == "Ada: Why?\n\nRain & snow?\n\nBen: So."
    assert said_at(read) == [(1.5, "Ada:"), (4.0, "Ben:")]
    assert (read.format, read.stated.recording) == ("oTranscribe JSON", "rain.mp3")


@pytest.mark.parametrize("name", ["talk.jsonl", "talk.json"])
def test_a_value_on_each_line_is_read(name: str) -> None:
    """Segments may stand one on a line, whatever the file is called."""
    lines = b'{"speaker": "Ada", "text": "Why?", "start": 1}\n\n{"speaker": "Ben", "text": "So.", "start": 2}\n'
    read = read_data(lines, Path(name))
    assert read.text == "Ada: Why?\n\nBen: So."
    assert said_at(read) == [(1.0, "Why?"), (2.0, "So.")]
    assert read_data(lines.split(b"\n")[0], Path("talk.jsonl")).text == "Ada: Why?"


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ([0, 61, 120], [0, 61, 120]),
        ([0, 61_000, 120_500], [0, 61, 120.5]),
        ([0.0, 61.5, 120.0], [0, 61.5, 120]),
        (["0:00", "1:01", "00:02:00.250"], [0, 61, 120.25]),
        (["0s", "61.5s", "120000ms"], [0, 61.5, 120]),
        ([-1, 61, 1_700_000_000], [61]),
        ([{"seconds": "0"}, {"seconds": "61"}, None], [0, 61]),
    ],
)
def test_times_are_seconds_however_they_are_written(times: list[Any], seconds: list[float]) -> None:
    """Whole numbers are milliseconds where the speech would be far too slow otherwise; what is no time is none."""
    said = "We talk for about as long as anybody does at home."
    read = data([{"start": start, "speaker": "Ada", "text": said} for start in times])
    assert [moment.seconds for moment in read.moments] == seconds


def test_single_words_are_spaced_as_they_are_written() -> None:
    """Punctuation has no space before it, nor have endings; words that bring their spaces are not pulled apart."""
    apart = ["“", "It", "is", "n't", "(", "yet", ")", "so", ",", "Ann", "'s", "dog", "?", "”", "No", "!"]
    assert data({"words": [{"word": text} for text in apart]}).text == "“It isn't (yet) so, Ann's dog?” No!"
    assert data({"words": [{"word": text} for text in (" Un", "believ", "able", ",", " so", " far", ".")]}).text == (
        "Unbelievable, so far."
    )
    assert data({"words": [{"word": text} for text in "今日は晴れ"]}).text == "今日は晴れ"


def test_moments_of_single_words_are_those_of_sentences_and_ten_seconds() -> None:
    """A word a segment would be a moment a word; one a sentence is enough, and one in ten seconds of a long one."""
    words = [{"speaker": "Ada", "body": f"w{at}{'.' if at == 4 else ''}", "startTime": at} for at in range(30)]
    assert said_at(data({"segments": words})) == [(0, "w0"), (5, "w5"), (15, "w15"), (25, "w25")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b'{"segments": [', "line 1, column 15"),
        (b"Ada: Why?\nBen: So.", "not valid JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"start": ' + b"9" * 5000 + b"}", "too long"),
        (b'[{"text": "Hi.", "start": NaN}]', "no number .nan"),
        (b'[{"text": "Hi.", "start": 1e999}]', "no number .inf"),
        (b'{"segments": [], "language": "en"}', "no words .* 'language'"),
        (b"[]", "no words"),
        (b"7", "no words"),
        (b'[{"text": " "}]', "no words"),
        (bytes(range(256)), "not text"),
    ],
)
def test_what_holds_no_speech_is_refused(content: bytes, reason: str) -> None:
    """Broken, empty or foreign JSON gives an error that names the file, what was found and what to do."""
    with pytest.raises(ReadError, match=reason) as caught:
        read_data(content, Path("talk.json"))
    assert caught.value.path == Path("talk.json")
    assert caught.value.remedy.endswith(".")


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Ben", "Cy"]), st.integers(1, 9)), min_size=1, max_size=20))
def test_every_word_is_there_and_its_speaker_says_it(turns: list[tuple[str, int]]) -> None:
    """The words of the file are the words of the text, in order, each behind the label of its speaker."""
    said = [(name, f"w{at}x{number}") for at, (name, count) in enumerate(turns) for number in range(count)]
    segments = [
        {"speaker": name, "start": at, "text": " ".join(f"w{at}x{number}" for number in range(count))}
        for at, (name, count) in enumerate(turns)
    ]
    read = data({"segments": segments})
    marks = [mark for mark in read.marks if mark.kind == "label"]
    ends = [mark.span.start for mark in marks[1:]] + [len(read.text)]
    found = [
        (mark.span.of(read.text), each)
        for mark, end in zip(marks, ends, strict=True)
        for each in read.text[mark.span.end + 1 : end].split()
    ]
    assert found == said


@given(ANYTHING)
def test_any_json_is_read_or_refused(value: object) -> None:
    """Whatever stands in the file, the answer is a transcript with words or an error that names the file."""
    with suppress(ReadError):
        read = data(value)
        assert read.text.strip()
        assert "\r" not in read.text
        assert read.text.encode()
        assert all(moment.offset < len(read.text) for moment in read.moments)


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No bytes end in anything but a transcript with words or the error for a file that cannot be read."""
    for name in ("a.json", "a.jsonl"):
        with suppress(ReadError):
            assert read_data(content, Path(name)).text.strip()


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999))
def test_a_clock_time_is_read_as_it_is_written(hours: int, minutes: int, seconds: int, thousandths: int) -> None:
    """Hours, minutes, seconds and their parts add up; a half time is none."""
    expected = hours * 3600 + minutes * 60 + seconds + thousandths / 1000
    for clock in (
        f"{hours}:{minutes:02}:{seconds:02},{thousandths:03}",
        f"{hours * 60 + minutes}:{seconds}.{thousandths:03}",
    ):
        assert read_clock(clock) == pytest.approx(expected)
        read = read_time(f"[{clock} - 99:00:00]")
        assert read is not None
        assert read.amount == pytest.approx(expected)
    assert read_clock(f"{hours}:") is None


@pytest.mark.parametrize(
    "made",
    [
        lambda count: [{"speaker": "Ada", "start": at, "text": "Some words, said."} for at in range(count)],
        lambda count: {"text": "<p>" * count},
        lambda count: {"text": "<span data-timestamp=" * count + "<p>"},
        lambda count: [{"text": "a\n \n" * count}, {"text": " " * count}],
        lambda count: {"words": [{"word": "a"}] * count, "turns": [{"speaker": "A", "start": 1}] * count},
    ],
)
def test_reading_takes_time_in_proportion_to_the_file(made: Callable[[int], object]) -> None:
    """A larger file takes longer in proportion, not by the square, whatever is repeated in it."""

    @pytest.mark.timed
    def work(count: int) -> None:
        with suppress(ReadError):
            read_data(json.dumps(made(count)).encode(), Path("talk.json"))

    assert grows_in_proportion(work, 2_500)

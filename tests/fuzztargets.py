"""What hostile content is given to: every way by which something from outside comes into whosaid.

A *case* is the bytes that come in. What a target may raise is what it documents, and nothing else.
"""

import io
import json
import warnings
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from rag import jsonlines, store
from rag.codec import UNFIT, decode_arrays, decode_interview, decode_rows, decode_vocabulary, encode_interview
from rag.corrections import apply
from rag.errors import RagError
from rag.expected import Collection, read_questions
from rag.library import Library
from rag.readers import File, find_files, read
from rag.report import report
from rag.sidecars import Sidecars
from rag.turns import understand
from tests.hostile import ODD, chosen, damaged, excerpt, hostile
from tests.samples import source_of
from tests.small import BRIDGES, RIVERS, LettersEmbedder, cut_one, library_of
from tests.test_readers_pdf import content_of, document
from tests.test_readers_word import STYLES, docx, odt, paragraph, run, table

INTERVIEWS = Path(__file__).parent / "interviews"
SEEDS = INTERVIEWS.parent.parent / "seeds"

Bytes = Sequence[bytes]


@dataclass(frozen=True)
class Target:
    """One way in: how cases for it are made and put in, and the errors that it documents."""

    name: str
    make: Callable[[Random], bytes]
    take: Callable[[bytes], None]
    documented: tuple[type[Exception], ...] = (RagError,)


def pieces(text: str) -> list[bytes]:
    """The signs of a format, one a word, in which "␣" stands for a space and "␤" for the end of a line."""
    return [part.replace("␤", "\n").replace("␣", " ").encode() for part in text.split()]


LINES = pieces(
    "Ana: Ben: Ana␣Lee␣(AL): ANA␣LEE: **Ana:** __Ana:__ Q: A: Q. [00:01:02] (00:01:15) 0:05 - – — >> > # ## "
    "### * ** _ --- *** ``` ~~~ <b> </b> <br> | [ ] ( ) [Ana](http://a.b) http://a.b/c mailto:a@b.c @ana ? "
    "?␤␤ . ... ! : ： ; , “ ” \" ' ’ « » ␤ ␤␤ ␣ ␣␣␣␣ Contact␣Info: Image␣Credits Instagram:␣ana Photo␣by␣Ana "
    "Interview␣by␣Ana␣Lee title:␣x ---␤title:␣a␤---␤ &a␣[*a] guests:␣[a,␣b] Speaker␣1: SPEAKER_00: "
    "Moderator: Dr. Mr.␣Lee and I I’m␣Ben What␣is␣it?␤␤I␣paint␣boats.␤␤ Who␣are␣you?␤ 你好： 问：你好吗？␤ Why? ends. "
    "Lee, Jr. (laughs) [inaudible] 1. a. i."
)
CUES = LINES + pieces(
    "WEBVTT␤␤ NOTE␤ STYLE␤ REGION␤ 00:00:01.000␣-->␣00:00:02.000␤ 00:00:01,000␣-->␣00:00:02,000␤ --> 1␤ 2␤ "
    "<v␣Ana> </v> <c.yellow> <i> {\\an8} &amp; &#x0; &nbsp; <00:00:01.500> 0:00:01.000,0:00:02.000␤ "
    "align:start 99:99:99.999␣-->␣00:00:00.000␤ Kind:␣captions position:10% X1:40␣"
)
MARKUP = pieces(
    "<p> </p> <div> </div> <div␣class=speaker> <b> </b> <strong> <h1> </h1> <h2> <table> <tr> <td> </td> "
    "</tr> </table> <ul> <li> <dl> <dt> <dd> <cite> <blockquote> <pre> <br> <hr> <img␣alt=a> <script> "
    "</script> <style> </style> <title> <head> <body> <main> <article> <header> <footer> <nav> <aside> "
    "<form> <svg> <math> <template> <iframe> <noscript> <textarea> <select> <option> <a␣href=x> "
    "<span␣data-speaker=Ana> <time␣datetime=2020> <!-- --> <!--> <![CDATA[ ]]> <!DOCTYPE␣html> "
    '<!ENTITY␣a␣"b"> <?xml␣version="1.0"?> < > </ /> <a <!-- < <<<< &amp; &lt; &#0; &#x110000; &#xd800; & '
    "&#99999999999999999999; &nbsp; &unknown; &a;&a;&a; <meta␣name=date␣content=2020> hidden "
    "style='display:none' style=\"display:␣none\" class=' role=main = ' \" <p␣ <p/ <P␣A=1␣ <col> <caption> "
    "<o:p> <ruby> <rt> <rp> Ana: What?"
)
DATA = pieces(
    '{ } [ ] , : "text": "speaker": "start": "end": "words": "word": "segments":[ "results": "channels": '
    '"utterances": "monologues":[ "elements":[ "alternatives":[ "transcript": "items":[ "body": "startTime": '
    '"offsets":{ "transcription":[ "recognizedPhrases":[ "nBest":[ "speakers":{ "type":"punctuation" '
    '"value": "Ana" "I␣paint." "" null true false NaN -Infinity 1e999 1e308 0.1 -1 12 ␤ ␤␤ {} [] "\\ud800" '
    '"\\u0000" "\\u202e" " \\\\ "<p>a</p>" "duration":"PT1H" "timestamp":[0,1] "speaker_labels":{ '
    '"language":"en" "id":1 "media-time":1 {"text":"a␣b","speaker":"Ana","start":1}, '
    '{"text":"a","words":[{"word":"a","start":1,"speaker":"B"}]},'
)
TABLES = pieces(
    'speaker,text,start␤ speaker text start end question answer role , ; | " "" """ ␤ ␤ sep=;␤ Ana Ben '
    'I␣paint. 0:01 12 1.5 1e9 -1 What? ,,,, ;;; || \' name content Ana,I␣paint.␤ Ben,"a␣""b""␤c"␤ ␣'
)
WORD = pieces(
    "<w:p> </w:p> <w:r> </w:r> <w:t> </w:t> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:br/> <w:tab/> "
    "<w:sdt> </w:sdt> <w:sdtContent> </w:sdtContent> <w:ins> </w:ins> <w:del> </w:del> <w:pPr> </w:pPr> "
    '<w:rPr> </w:rPr> <w:b/> <w:i/> <w:pStyle␣w:val="Loop"/> <w:pStyle␣w:val="Mine"/> <w:b␣w:val="0"/> '
    "<w:hyperlink> </w:hyperlink> &lt; &amp; &#x0; &#9; &#xD800; <mc:AlternateContent> "
    "</mc:AlternateContent> <mc:Choice> </mc:Choice> <mc:Fallback> </mc:Fallback> <w:txbxContent> "
    "</w:txbxContent> <w:noBreakHyphen/> <w:softHyphen/> <w:sym/> <w:numPr/> <![CDATA[ ]]> <!DOCTYPE␣a> <!-- "
    "--> <?a?> Ana: What␣is␣it? I␣paint. <w:p><w:r><w:t>Ana:␣Why?</w:t></w:r></w:p> "
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl> <w:fldChar/> <w:instrText> </w:instrText>"
)
OPEN = pieces(
    "<text:p> </text:p> <text:h> </text:h> <text:span> </text:span> <text:s/> <text:s␣text:c='999999999'/> "
    "<text:tab/> <text:s␣text:c='-1'/> <text:s␣text:c='٣'/> <text:line-break/> <text:list> </text:list> "
    "<text:list-item> </text:list-item> <table:table> </table:table> <table:table-row> </table:table-row> "
    "<table:table-cell> </table:table-cell> <text:note> </text:note> <office:annotation> "
    "</office:annotation> &amp; &#x0; <!DOCTYPE␣a> "
    "<table:table-cell␣table:number-columns-repeated='999999999'/> Ana: What␣is␣it? I␣paint. "
    "<text:p>Ana:␣Why?</text:p>"
)
PRINTED = pieces(
    "BT␤ ET␤ /F1␣11␣Tf␤ 1␣0␣0␣1␣72␣720␣Tm␤ 0␣-14␣Td␤ (Ana:␣Why?)␣Tj␤ [(a)␣-250␣(b)]␣TJ␤ T*␤ q␤ Q␤ cm␤ << >> "
    "[ ] ( ) < > /Length␣0 /Filter␣/FlateDecode /Kids␣[2␣0␣R] /Count␣999999999 /Parent␣2␣0␣R 1␣0␣R 2␣0␣R "
    "999␣0␣R obj endobj stream␤ endstream xref trailer startxref␤ %%EOF %PDF-1.7 /Encrypt␣5␣0␣R /Prev␣9 "
    "/Type␣/ObjStm /W␣[1␣2␣1] /Index /Contents␣2␣0␣R /Resources␣2␣0␣R /Font␣3␣0␣R /ToUnicode␣7␣0␣R "
    "/Widths␣[1␣2] /Encoding␣<< /Differences␣[0␣/a] BI␣ID␣EI 1e999 -1 NaN "
    "/DecodeParms␣<</Predictor␣15␣/Columns␣99999999>> /Do /Fm0␣Do begincmap <00>␣<FF>␣<0000>␣beginbfrange"
)
TOML = pieces(
    'title␣= date␣= link␣= recording␣= [speakers] [roles] [interviews."a.txt"] [[a]] "Ana"␣=␣"Ann␣Lee"␤ '
    '"Ben"␣= "interviewer"␤ "interviewee" "unknown" \' """ \'\'\' ␤ # = . , { } [ ] " \\\\u0000 \\\\ud800 '
    "\\\\U00110000 1979-05-27 1979-05-27T00:32:00-25:00 07:32:00.9999999999 2024-13-45 inf nan 0xffffffff 0b1 "
    '1_0 a.b.c.d a. =1␤ ={a=1}␤ =[1,2]␤ link="https://a.b"␤ title="x"␤ speakers.Ana="Bo"␤ Zoë␤ -␤ '
    "9999-12-31T23:59:59+23:59 0001-01-01T00:00:00+23:59"
)
ASKED = pieces(
    "who what where when why how does did said say says talks talk about Bo Cy Ann Ann’s bo’s rivers boat "
    "boats bridge river, grandmother promise and or not but never except only everybody nobody anybody else "
    "more the of in a to she he it that this ? ?? . , : ; ! ( ) [ ] “ ” \" ' ’ - — / \\\\ * + | ^ $ % # @ ${a} "
    "{{a}} <b> ␤ ␣ ␣␣ how␣many who␣else compare contact email instagram photo credits interview interviewer "
    "asked mentions which␣of␣them what␣does␣Bo␣say␣about␣rivers? who␣talks␣about␣bridges? Müller 你好吗 Кто "
    "говорит من 🙂 İstanbul ﬁrst"
)
QUOTED = ASKED + pieces(
    "I␣grew␣up␣beside␣a␣river. My␣grandmother␣taught␣me␣to␣swim␣in␣it. A␣boat␣is␣a␣promise [...] … ... […] "
    "[sic] [she] (he) nearly␣right ... -- — « » ‹ › „ “ Boats,␣mostly. there␣is␣another␣shore it␣says␣that "
    "I␣build␣bridges. first␣one␣fell␣down"
)
QUESTIONS = DATA + pieces(
    '"question":"who␣talks␣about␣rivers?" "speakers":["Bo"] "quotes":["beside␣a␣river"] '
    '"interviews":["rivers.txt"] "answerable":true "answerable":false "id":1 "kind":"who" "note":"" '
    '{"source":"rivers.txt","start":0,"end":10} {"source":"rivers.txt","start":-1,"end":99999} "id":1e5 '
    '"id":"" "speakers":[""] "quotes":[""] "question":"␣"'
)


@cache
def folder() -> Path:
    """A folder for the files of this process."""
    return Path(mkdtemp(prefix="fuzz"))


@cache
def library() -> Library:
    """A small collection, open for questions."""
    home = folder() / "library"
    home.mkdir()
    return library_of({"rivers.txt": RIVERS, "bridges.txt": BRIDGES}, home)


@cache
def files(*suffixes: str) -> Bytes:
    """Real interviews of some kinds."""
    found = sorted(path for home in (INTERVIEWS, SEEDS) for path in home.iterdir() if path.suffix in suffixes)
    return [path.read_bytes() for path in found if not path.name.endswith(".gold.json")]


def read_as(*suffixes: str) -> Callable[[bytes], None]:
    """Read the case as a file with one of these endings, and understand what is read."""

    def take(content: bytes) -> None:
        path = folder() / f"talk{chosen(content, suffixes)}"
        path.write_bytes(content)
        understand(read(File(path.name, path)))

    return take


def made(seeds: Callable[[], Bytes], signs: Bytes) -> Callable[[Random], bytes]:
    """Cases from seeds that are read late, and the signs of their format."""
    return lambda random: hostile(random, seeds(), signs)


@cache
def _bodies() -> Bytes:
    heading = paragraph(run("A talk"), style="Mine")
    body = paragraph(run("Ana: ", "<w:b/>"), run("Why?")) + table(("Ana", "Why do you ask?"), ("Ben", "So."))
    return [(heading + body + paragraph(run("Ben: Because I paint boats."))).encode()]


@cache
def _open_bodies() -> Bytes:
    body = "<text:h>A talk</text:h><text:p>Ana: Why?</text:p><text:p>Ben: <text:span>I paint.</text:span></text:p>"
    rows = "<table:table><table:table-row><table:table-cell><text:p>Ana</text:p></table:table-cell></table:table-row>"
    return [f"{body}{rows}</table:table>".encode()]


def _word(random: Random) -> bytes:
    body = hostile(random, _bodies(), WORD).decode("utf-8", "replace")
    styles = hostile(random, [STYLES.encode()], WORD).decode("utf-8", "replace") if random.random() < 0.1 else STYLES
    return _packed(random, lambda: docx(body, styles=styles))


def _open(random: Random) -> bytes:
    body = hostile(random, _open_bodies(), OPEN).decode("utf-8", "replace")
    return _packed(random, lambda: odt(body))


def _packed(random: Random, pack: Callable[[], bytes]) -> bytes:
    """A package, now and then with damaged bytes."""
    content = pack()
    return damaged(random, content) if random.random() < 0.2 else content


def _printed(random: Random) -> bytes:
    page = content_of([("Ana: Why do you paint?", 72, 720), ("Ben: Boats, mostly.", 72, 706)])
    if random.random() < 0.5:
        page = hostile(random, [page], PRINTED)[:5000]
        return document([page])
    return hostile(random, [document([page, page], title="A talk")], PRINTED)


def _archive(random: Random) -> bytes:
    """An archive of a few files, its names and sizes as hostile as its bytes."""
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(buffer, "w", random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive,
    ):
        for _ in range(random.randrange(4)):
            archive.writestr(_member_name(random), excerpt(random, random.choice(files(".txt", ".md"))))
        if random.random() < 0.2:
            archive.writestr("inner.zip", _archive(random))
    content = buffer.getvalue()
    return damaged(random, content) if random.random() < 0.8 else content


def _member_name(random: Random) -> str:
    odd = random.choice(ODD).decode("utf-8", "replace").replace("\0", "")  # which ends the name
    name = random.choice(
        ("talk.txt", "a/b.md", "../out.txt", "/etc/a.txt", "C:\\a.txt", "a.txt.toml", "interview.toml")
    )
    return random.choice((name, name, name + odd, odd + name, "a/" * random.choice((3, 300)) + name, "." + odd))


def _take_archive(content: bytes) -> None:
    path = folder() / "talks.zip"
    path.write_bytes(content)
    found, _ = find_files(path)
    sidecars = Sidecars()
    for file in found:
        _attempt(lambda file=file: understand(read(file)))  # type: ignore[misc] # a default binds each file
        _attempt(lambda file=file: sidecars.read(file))  # type: ignore[misc] # the same
        list(sidecars.astray(file))


def _attempt(act: Callable[[], object]) -> None:
    """Do something of which a documented error may come, and go on."""
    try:
        act()
    except RagError:
        return


def _take_turns(content: bytes) -> None:
    """Understand a text, cut it, tell of it in every form."""
    text = content.decode("utf-8", "surrogatepass") if _is_text(content) else content.decode("cp437")
    if not text.strip():
        return
    interview = understand(source_of(text))
    report(interview)
    cut_one(interview)
    jsonlines.line(jsonlines.interview(interview))


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _take_sidecar(content: bytes) -> None:
    home = folder() / "sidecars"
    home.mkdir(exist_ok=True)
    talk = home / "rivers.txt"
    talk.write_text(RIVERS, encoding="utf-8")
    (home / "rivers.txt.toml").write_bytes(content)
    sidecars, file = Sidecars(), File(talk.name, talk)
    correction = sidecars.read(file)
    str(correction.digest)
    apply(understand(read(file)), correction)


def _take_questions(content: bytes) -> None:
    path = folder() / "questions.jsonl"
    path.write_bytes(content)
    collection = Collection(library())
    for row in read_questions(path):
        collection.look_up(row)


def _text(content: bytes) -> str:
    """A text as a page or a command hands it over, half of a surrogate pair and all."""
    return content.decode("utf-8", "surrogatepass" if _is_text(content) else "surrogateescape")


def _take_question(content: bytes) -> None:
    """Ask, and ask once more what follows."""
    question = _text(content)
    answer = library().ask(question)
    library().retrieve(question)
    library().understand(question, previous=answer)
    jsonlines.line(jsonlines.answer(question, answer, library().interview, library().recording))


def _take_filter(content: bytes) -> None:
    """Name somebody or something to search in."""
    name = _text(content)
    _attempt(lambda: library().understand("who talks about rivers?", speakers=[name]))
    library().understand("who talks about rivers?", interviews=[name])


def _take_quotation(content: bytes) -> None:
    quotation = _text(content)
    jsonlines.line(jsonlines.checked(library().check_quote(quotation)))
    library().check_quote("I grew up beside a river", speaker=quotation[:200])


@cache
def _stored() -> Path:
    """A folder with an index that was saved once."""
    library()
    return folder() / "library" / "index"


@cache
def _manifest() -> dict[str, Any]:
    return dict(json.loads((_stored() / store.MANIFEST).read_bytes()))


def _part(role: str) -> bytes:
    """The bytes of one file of the index."""
    return bytes((_stored() / _manifest()["files"][role]["name"]).read_bytes())


def _manifests(random: Random) -> bytes:
    whole = (_stored_once() / store.MANIFEST).read_bytes()
    content = hostile(random, [whole], DATA)
    try:
        value = json.loads(content)
        value.pop("sha256", None)
        return bytes(store._sealed(value)) if random.random() < 0.8 else content
    except (ValueError, RecursionError, AttributeError, TypeError):
        return content


@cache
def _stored_once() -> Path:
    """A copy of the index in which manifests are replaced."""
    copy = folder() / "manifests"
    copy.mkdir()
    for path in _stored().iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    return copy


def _take_manifest(content: bytes) -> None:
    home = _stored_once()
    (home / store.MANIFEST).write_bytes(content)
    try:
        store.load(home, LettersEmbedder().name)
    finally:
        (home / store.MANIFEST).write_bytes((_stored() / store.MANIFEST).read_bytes())


def _interview_values(random: Random) -> bytes:
    interview = library().interviews[0]
    seed = json.dumps(encode_interview(interview, cut_one(interview))).encode()
    return hostile(random, [seed], DATA) if random.random() < 0.3 else _values_changed(random, seed)


def _values_changed(random: Random, seed: bytes) -> bytes:
    """JSON of which some values are others, wherever they stand."""
    value = json.loads(seed)
    for _ in range(random.choice((1, 1, 2, 5))):
        _change_within(random, value)
    return json.dumps(value).encode()


ODD_VALUES: Sequence[Any] = (
    None, True, 0, -1, 10**9, 10**30, 1.5, float("nan"), float("inf"), "", "a", "\ud800", [], {}, [0], [[0, 1]], [1, 0],
    {"a": 1}, "interviewer", [None], ["a", "b"], [0, 10**9], "x" * 64,
)  # fmt: skip


def _change_within(random: Random, value: Any) -> None:
    """Put something else in the place of one value, at any depth."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = random.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and random.random() < 0.75:
            value = value[key]
        else:
            value[key] = deepcopy(random.choice(ODD_VALUES))
            return


def _take_interview(content: bytes) -> None:
    try:
        value = json.loads(content)
    except RecursionError:
        return
    interview, _ = decode_interview(value)
    encode_interview(interview, ())


ARRAYS = ("passages", "sentences", "vocabulary", "said", "lexical")


def _arrays(random: Random) -> bytes:
    """The role of a file of the index on the first line, and its damaged bytes."""
    role = random.choice(ARRAYS)
    return role.encode() + b"\n" + damaged(random, _part(role))


def _take_arrays(content: bytes) -> None:
    role, _, arrays = content.partition(b"\n")
    if role == b"vocabulary":
        decode_vocabulary(arrays)
    elif role == b"said":
        decode_arrays(arrays)
    else:
        decode_rows(arrays)


def _parts(random: Random) -> bytes:
    """The role of a file of the index, and something that is nearly such a file."""
    role = random.choice((*ARRAYS, "interviews", "windows"))
    whole = _part(role)
    changed = _values_changed(random, whole) if role == "interviews" and random.random() < 0.8 else None
    return role.encode() + b"\n" + (changed or damaged(random, whole))


def _take_part(content: bytes) -> None:
    """Open an index of which one file is another, as the manifest says, too."""
    role, _, changed = content.partition(b"\n")
    home = _stored_once()
    manifest = json.loads((_stored() / store.MANIFEST).read_bytes())
    del manifest["sha256"]
    name = role.decode("ascii", "replace")
    if name not in manifest["files"]:
        return
    manifest["files"][name] = {"name": "changed", "bytes": len(changed), "sha256": sha256(changed).hexdigest()}
    (home / "changed").write_bytes(changed)
    _take_manifest(bytes(store._sealed(manifest)))


TARGETS: tuple[Target, ...] = (
    Target("plain", made(lambda: files(".txt", ".md"), LINES), read_as(".txt", ".md")),
    Target("captions", made(lambda: files(".srt", ".vtt"), CUES), read_as(".srt", ".vtt", ".sbv")),
    Target("hypertext", made(lambda: files(".html"), MARKUP), read_as(".html")),
    Target("data", made(lambda: files(".json"), DATA), read_as(".json", ".jsonl")),
    Target("table", made(lambda: files(".csv"), TABLES), read_as(".csv", ".tsv")),
    Target("word", _word, read_as(".docx")),
    Target("opendocument", _open, read_as(".odt")),
    Target("pdf", _printed, read_as(".pdf")),
    Target("archive", _archive, _take_archive),
    Target("turns", made(lambda: files(".txt", ".md"), LINES), _take_turns),
    Target("sidecar", made(lambda: [b'title = "x"\n[speakers]\nAnn = "Ann Lee"\n[roles]\nBo = "interviewee"\n'], TOML),
           _take_sidecar),
    Target("questions", made(lambda: [_rows()], QUESTIONS), _take_questions),
    Target("question", made(lambda: [b"who talks about rivers?", b"what does Bo say about boats?"], ASKED),
           _take_question),
    Target("filter", made(lambda: [b"Bo", b"rivers.txt"], ASKED), _take_filter),
    Target("quotation", made(lambda: [RIVERS.encode(), BRIDGES.encode()], QUOTED), _take_quotation),
    Target("manifest", _manifests, _take_manifest),
    Target("interview", _interview_values, _take_interview, UNFIT),
    Target("arrays", _arrays, _take_arrays, UNFIT),
    Target("parts", _parts, _take_part),
)  # fmt: skip


def _rows() -> bytes:
    rows = [
        {"question": "who talks about rivers?", "speakers": ["Bo"], "quotes": ["beside a river"]},
        {"question": "who flies?", "answerable": False},
        {"id": 3, "question": "what?", "quotes": [{"source": "rivers.txt", "start": 0, "end": 10}], "interviews": []},
    ]
    return "\n".join(json.dumps(row) for row in rows).encode()

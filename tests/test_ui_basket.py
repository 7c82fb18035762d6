"""The basket's side of the server: what a card hands to the browser, and what comes back as a file."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from rag.library import Library
from rag.records import Span, quote_id
from rag.ui import collecting
from rag.ui.basket import collected, identity
from rag.ui.cards import card_set
from rag.ui.guarding import GuardedPages
from rag.ui.notices import masthead
from rag.ui.opening import Opening
from rag.ui.routes import routes
from rag.ui.shelf import Shelf
from rag.ui.uploads import Uploads
from tests.small import BRIDGES, RIVERS, LettersEmbedder
from tests.test_ui_html import ANSWER, CONTACT, HIT, SHELF, SOURCE, answer_of, hit_of, parsed

HERE = "http://127.0.0.1:7860"
WORDS = "The first one fell down."


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    """A collection that is open."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "rivers.txt").write_text(RIVERS, encoding="utf-8")
    (folder / "bridges.txt").write_text(BRIDGES, encoding="utf-8")
    library = Library.open(folder, index=tmp_path / "index", embedder=LettersEmbedder())
    opening = Opening(lambda progress: library)
    opening.start()
    assert opening.wait(10)
    return opening


@pytest.fixture
def client(opening: Opening) -> Iterator[TestClient]:
    """A browser that has the page open."""
    app = Starlette(routes=routes(opening, Uploads()), middleware=[Middleware(GuardedPages)])
    with TestClient(app, base_url=HERE) as client:
        yield client


def name_of(words: str) -> str:
    """The name of the quote of these words about bridges."""
    start = BRIDGES.index(words)
    return f"{sha256(BRIDGES.encode()).hexdigest()[:12]}-{start}-{start + len(words)}"


def test_card_hands_over_the_passage_and_its_sentence() -> None:
    """What is collected are exact words with their speaker, and each of both has its own name and place."""
    page = parsed(card_set(answer_of(HIT), 1, SHELF, shown=True))
    (button,) = (each for each in page.attributes("button") if "data-collect" in each)
    passage, sentence = json.loads(str(button["data-collect"]))
    assert (passage["words"], sentence["words"]) == (ANSWER, HIT.marked)
    assert [each["speaker"] for each in (passage, sentence)] == ["Ada Lovelace"] * 2
    assert (passage["id"], sentence["id"]) == (quote_id(SOURCE, HIT.span), quote_id(SOURCE, HIT.sentence))
    assert (passage["where"], sentence["where"]) == (["line 3"], ["line 4"])
    assert button["aria-label"] == "Add to basket: the quote of Ada Lovelace, line 3"


def test_passage_of_one_sentence_leaves_no_choice() -> None:
    """Where the sentence is the whole passage, there is one quote to collect."""
    page = parsed(card_set(answer_of(hit_of(ANSWER, ANSWER)), 1, SHELF, shown=True))
    (button,) = (each for each in page.attributes("button") if "data-collect" in each)
    assert [each["words"] for each in json.loads(str(button["data-collect"]))] == [ANSWER]


def test_what_was_printed_is_collected_without_a_speaker() -> None:
    """A contact entry that goes into the basket is nobody's words there, too."""
    assert collected(hit_of(CONTACT, CONTACT, "contact"), SHELF)["speaker"] == ""


def test_masthead_says_which_collection_this_is(opening: Opening) -> None:
    """The browser can tell collections apart, and is not told where they lie."""
    library = opening.library
    assert library
    (told,) = {each["data-collection"] for each in parsed(masthead(opening)).attributes("div")}
    assert told == identity(library)
    assert str(library.path) not in masthead(opening)


def test_quotes_are_told_as_they_are_now(client: TestClient, opening: Opening) -> None:
    """By its name a quote is told with its words and speaker; one that is gone is told to be."""
    names = [name_of(WORDS), "f" * 12 + "-0-3"]
    answer = client.post("/quotes", json={"quotes": [{"id": name} for name in names]}).json()
    assert opening.library
    assert answer[names[0]] == collected(opening.library.quote(names[0]), Shelf.of_library(opening.library))
    assert (answer[names[0]]["words"], answer[names[0]]["speaker"]) == (WORDS, "Cy")
    assert answer[names[1]] is None


def test_export_is_a_file_with_links_to_this_page(client: TestClient) -> None:
    """The words come from the interview, not from the browser, which is asked only to say what it wants."""
    kept = [{"id": name_of(WORDS), "note": "half \ud83d", "words": WORDS, "speaker": "Mallory"}]
    answer = client.post("/exports?format=json", content=json.dumps({"quotes": kept}))
    (quote,) = answer.json()["quotes"]
    assert (quote["words"], quote["speaker"], quote["in_collection"]) == (WORDS, "Cy", True)
    assert Span(quote["start"], quote["end"]).of(BRIDGES) == WORDS
    assert quote["permalink"] == f"{HERE}/?quote={name_of(WORDS)}"
    assert quote["note"] == "half ?"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="quotes-')
    assert disposition.endswith('.json"')


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"quotes": 3}', b'{"quotes": ["x"]}', b'{"quotes": [{"id": 3}]}', b"[" * 100_000],
)
def test_what_is_no_basket_is_refused_with_a_sentence(client: TestClient, body: bytes) -> None:
    """Whatever is sent, the program goes on."""
    for path in ("/exports?format=md", "/quotes"):
        answer = client.post(path, content=body)
        assert (answer.status_code, answer.text) == (400, "This is no basket of quotes.")


def test_formats_that_are_not_there_are_refused(client: TestClient) -> None:
    """The refusal says which formats there are."""
    answer = client.post("/exports?format=exe", json={"quotes": []})
    assert (answer.status_code, answer.text) == (400, "There is no such format. There are: docx, md, csv, json.")


def test_far_too_much_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """No request fills the memory."""
    monkeypatch.setattr(collecting, "LARGEST_BASKET", 100)
    assert client.post("/exports?format=md", content=b" " * 101).status_code == 413


def test_nothing_is_exported_before_the_collection_is_open() -> None:
    """A quote that could not be looked up is not called gone."""
    app = Starlette(routes=routes(Opening(lambda progress: pytest.fail("not to be opened")), Uploads()))
    with TestClient(app, base_url=HERE) as client:
        answer = client.post("/exports?format=md", json={"quotes": []})
    assert (answer.status_code, answer.text) == (
        503,
        "The interviews are not open. Wait until they are, and try again.",
    )


def test_last_interview_may_be_removed(client: TestClient, opening: Opening) -> None:
    """Where no interview is left, every quote is gone, and is still exported as it was collected."""
    opening.change(lambda library: None)
    quotes = [{"id": name_of(WORDS), "words": WORDS, "speaker": "Cy"}]
    assert client.post("/quotes", json={"quotes": quotes}).json() == {name_of(WORDS): None}
    (quote,) = client.post("/exports?format=json", json={"quotes": quotes}).json()["quotes"]
    assert (quote["words"], quote["speaker"], quote["in_collection"]) == (WORDS, "Cy", False)


def test_exports_are_for_the_page_itself(client: TestClient) -> None:
    """A page from elsewhere gets none."""
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://127.0.0.1:9"}, {"host": "evil.example"}):
        assert client.post("/exports?format=md", json={"quotes": []}, headers=headers).status_code == 403

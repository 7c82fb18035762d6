"""What the basket asks of the server: how its quotes are now, and a file of them."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from rag.errors import RagError, UnknownNameError
from rag.exports import FORMATS, Kept, export
from rag.ui.basket import Collected, collected
from rag.ui.opening import Opening
from rag.ui.shelf import Shelf

if TYPE_CHECKING:
    from rag.library import Library

LARGEST_BASKET = 32 * 2**20
"""Bytes of what is sent; thousands of quotes have room in it."""
_CLOSED = "The interviews are not open. Wait until they are, and try again."
_NO_BASKET = "This is no basket of quotes."
_TEXTS = ("id", "note", "words", "speaker", "title")

Handler = Callable[[Request], Awaitable[Response]]


class BasketError(RagError):
    """Something that was sent and is no basket; ``status`` is the code of the refusal in HTTP (RFC 9110)."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def basket_routes(opening: Opening) -> Sequence[BaseRoute]:
    """``POST /quotes`` and ``POST /exports?format=...``, both with the quotes of a basket as JSON."""
    return [
        Route("/quotes", _answering(opening, _look_up), methods=["POST"]),
        Route("/exports", _answering(opening, _export), methods=["POST"]),
    ]


def _answering(opening: Opening, answer: "Callable[[Request, Library | None, list[Kept]], Response]") -> Handler:
    async def receive(request: Request) -> Response:
        try:
            kept = understood(await _body(request))
            if not opening.library and not opening.emptied:
                raise BasketError(503, _CLOSED)
            return await run_in_threadpool(answer, request, opening.library, kept)
        except BasketError as error:
            return PlainTextResponse(str(error), error.status)

    return receive


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BASKET:
            raise BasketError(413, "The basket is too large to be sent at once. Export a part of it.")
    return bytes(body)


def understood(body: bytes) -> list[Kept]:
    """The quotes that a basket holds, in their order.

    Raises:
        BasketError: it is none.
    """
    try:
        quotes = json.loads(body)["quotes"]
        return [_kept(quote) for quote in quotes]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BasketError(400, _NO_BASKET) from error


def _kept(quote: Mapping[str, Any]) -> Kept:
    name, note, words, speaker, title = (_text(quote.get(field, "")) for field in _TEXTS)
    return Kept(name, note, words, speaker, title, printed=quote.get("printed") is True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value.encode(errors="replace").decode()  # half a surrogate pair is no character


def _look_up(request: Request, library: "Library | None", kept: Sequence[Kept]) -> Response:
    shelf = Shelf.of_library(library)
    return JSONResponse({each.name: _now(each.name, library, shelf) for each in kept})


def _now(name: str, library: "Library | None", shelf: Shelf) -> Collected | None:
    try:
        return collected(library.quote(name), shelf) if library else None
    except UnknownNameError:
        return None


def _export(request: Request, library: "Library | None", kept: Sequence[Kept]) -> Response:
    ending = request.query_params.get("format", "")
    if ending not in FORMATS:
        raise BasketError(400, f"There is no such format. There are: {', '.join(FORMATS)}.")
    document = export(library, kept, ending, page=str(request.base_url))
    name = f"quotes-{date.today().isoformat()}.{ending}"
    return Response(
        document,
        media_type=FORMATS[ending].media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )

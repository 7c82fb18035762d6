"""What the page serves beside Gradio: files that are sent to the collection come in, recordings and exports go out.

Of all files only the recordings of the interviews there are go out. That nobody but the page itself asks is seen to by
the guard in ``serve``, which stands before these routes as before all others.
"""

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from rag.ui.collecting import basket_routes
from rag.ui.opening import Opening
from rag.ui.recordings import ADDRESS, playable
from rag.ui.shelf import Shelf
from rag.ui.uploads import UploadError, Uploads

ARRIVALS = "/arrivals"
"""Where files are sent to, one a request, as they are."""


def routes(opening: Opening, uploads: Uploads) -> Sequence[BaseRoute]:
    """``PUT /arrivals?batch=...&name=...``, ``GET /recordings?interview=...``, also in parts, and the basket's."""
    return [
        Route(ARRIVALS, _arrivals(uploads), methods=["PUT"]),
        Route(ADDRESS, _recordings(opening), methods=["GET", "HEAD"]),
        *basket_routes(opening),
    ]


def _arrivals(uploads: Uploads) -> Callable[[Request], Awaitable[Response]]:
    async def receive(request: Request) -> Response:
        asked = request.query_params
        try:
            with uploads.receiving(asked.get("batch", ""), asked.get("name", "")) as arrival:
                async for piece in request.stream():
                    arrival.write(piece)
        except UploadError as error:
            return PlainTextResponse(str(error), error.status)
        return PlainTextResponse("", 201)

    return receive


def _recordings(opening: Opening) -> Callable[[Request], Response]:
    def play(request: Request) -> Response:
        recording = _recording(opening, request.query_params.get("interview", ""))
        kind = playable(recording)
        if not kind:
            return PlainTextResponse("There is no such recording.", 404)
        return FileResponse(recording, media_type=kind)

    return play


def _recording(opening: Opening, name: str) -> str:
    """Where the recording of an interview is, by its exact name."""
    library = opening.library
    return Shelf.of_library(library).recording(name) if library else ""

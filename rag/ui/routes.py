"""What the page serves beside Gradio: files that are sent to the collection come in, recordings go out.

Only requests of the page itself are answered, and of all files only the recordings of the interviews there are.
"""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from rag.ui.opening import Opening
from rag.ui.recordings import ADDRESS, playable
from rag.ui.shelf import Shelf
from rag.ui.uploads import UploadError, Uploads

ARRIVALS = "/arrivals"
"""Where files are sent to, one a request, as they are."""


def routes(opening: Opening, uploads: Uploads) -> Sequence[BaseRoute]:
    """The two routes: ``PUT /arrivals?batch=...&name=...`` and ``GET /recordings?interview=...``, also in parts."""
    return [
        Route(ARRIVALS, _arrivals(uploads), methods=["PUT"]),
        Route(ADDRESS, _recordings(opening), methods=["GET", "HEAD"]),
    ]


def _arrivals(uploads: Uploads) -> Callable[[Request], Awaitable[Response]]:
    async def receive(request: Request) -> Response:
        if not _from_the_page(request):
            return PlainTextResponse("Only the page itself may send files.", 403)
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
        if not _from_the_page(request):
            return PlainTextResponse("Only the page itself may play recordings.", 403)
        recording = _recording(opening, request.query_params.get("interview", ""))
        kind = playable(recording)
        if not kind:
            return PlainTextResponse("There is no such recording.", 404)
        return FileResponse(recording, media_type=kind, headers={"cross-origin-resource-policy": "same-origin"})

    return play


def _recording(opening: Opening, name: str) -> str:
    """Where the recording of an interview is, by its exact name."""
    library = opening.library
    return Shelf.of_library(library).recording(name) if library else ""


def _from_the_page(request: Request) -> bool:
    """Whether the browser says that this very page asks, and not one from elsewhere or of another port."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    return own and site == "same-origin"

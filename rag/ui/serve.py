"""Launching the page on this machine only, with nothing on it that talks to any other."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from rag.ui import DEFAULT_PORT
from rag.ui.opening import Opening
from rag.ui.uploads import Uploads, clear_stale

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from rag.library import Added, Library, Progress

HOST = "127.0.0.1"
_THIS_MACHINE = frozenset({HOST, "localhost", "[::1]"})
SECONDS_BETWEEN_LOOKS = 0.5

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self' data:",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

REFUSED = 403

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class PortTakenError(RagError):
    """Another program already listens where the page was to be."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is not free: another program listens there, perhaps this page opened before. "
            f"Close that one, or choose another port with --port {port + 1 if port < 65535 else DEFAULT_PORT}."
        )
        self.port = port


class GuardedPages:
    """Wraps a web application (ASGI) so that it serves this machine and its own page alone.

    The browser is told, with every page, to load nothing from elsewhere, and to let no other site have a response.
    Requests are refused that name another host, as a page elsewhere could make them by turning its own name to this
    machine (DNS rebinding), that a page of another origin makes, and those for what this page does not need.
    """

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to the start of its response."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http" or _is_unneeded(str(scope["path"])) or not _from_the_page(scope):
            await _refuse(scope, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        await self.app(scope, receive, send_guarded)


def _from_the_page(scope: Message) -> bool:
    """Whether a request names this machine and comes from this very page, or is somebody's way to the page.

    A page of another port is another origin (RFC 6454), though the browser calls it the same site (Fetch Metadata).
    """
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get("host", "")
    if host.rsplit(":", 1)[0] not in _THIS_MACHINE:
        return False
    if headers.get("origin", own := f"{scope['scheme']}://{host}") != own:
        return False
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none") or _leads_to_the_page(scope, headers)


def _leads_to_the_page(scope: Message, headers: dict[str, str]) -> bool:
    """Whether a link elsewhere opens the page in a window of its own, where nobody but its reader sees it."""
    opens = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return opens and scope["method"] == "GET" and scope["path"] == "/"


def _is_unneeded(path: str) -> bool:
    """Whether a path asks for something to be fetched from elsewhere, or stored, on behalf of who asks."""
    path = path.casefold()
    return "proxy=" in path or "file=http" in path or path.rstrip("/").endswith("/upload")


async def _refuse(scope: Message, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain"), *HEADERS]
    await send({"type": "http.response.start", "status": REFUSED, "headers": headers})
    await send({"type": "http.response.body", "body": b"This page serves its own machine only."})


@asynccontextmanager
async def guarded(app: "Starlette") -> AsyncIterator[None]:
    """Put the guard around an application that starts, and around all that Gradio has wrapped it in itself.

    Middleware that Gradio is given stands within its own, which answers pages of every local port (CORS).
    """
    assert app.middleware_stack is not None, "it is there as soon as an application is called"
    app.middleware_stack = GuardedPages(app.middleware_stack)
    yield


def serve(
    interviews: Path | str | None = None,
    *,
    index: Path | str | None = None,
    model: str | None = None,
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
) -> None:
    """Show the page over a folder of interviews until it is stopped with Ctrl-C or by a signal.

    The page answers at once; the interviews are opened, and their index built where needed, behind it.

    Raises:
        PortTakenError: the page cannot listen there. What is wrong with the interviews is told on the page.
        KeyboardInterrupt: it was stopped with Ctrl-C, and has left the port; nothing on its way is left.
        SystemExit: the same by SIGTERM, or by SIGHUP as when a terminal is closed.
    """

    def open_library(progress: "Progress") -> "Library":
        from rag.library import Library

        return Library.open(interviews, index=index, model=model, progress=progress)

    def begin(paths: Sequence[Path], progress: "Progress") -> "tuple[Library, Added]":
        from rag.library import Library, default_interviews

        folder = interviews or default_interviews()
        return Library.add_to(folder, paths, index=index, model=model, progress=progress)

    _check_free(port)
    _stay_silent()
    _end_orderly()
    clear_stale()
    opening, uploads = Opening(open_library, begin), Uploads()
    try:
        page = launch(opening, uploads, port=port, open_browser=open_browser)
        opening.start()
        sys.stderr.write(f"whosaid: the page is at http://{HOST}:{port} (Ctrl-C stops it)\n")
        try:
            while page.is_running:
                time.sleep(SECONDS_BETWEEN_LOOKS)
        finally:
            page.close(verbose=False)
    finally:
        uploads.clear()


def launch(opening: Opening, uploads: Uploads, *, port: int, open_browser: bool) -> Any:
    """Build the page and let it listen; returns the running Gradio Blocks at once."""
    from rag.ui.page import build_page
    from rag.ui.routes import routes
    from rag.ui.theme import head, reading_room, style_sheet

    page = build_page(opening, uploads)
    try:
        page.launch(
            server_name=HOST,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            show_error=True,
            ssr_mode=False,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            theme=reading_room(),
            css=style_sheet(),
            head=head(),
            app_kwargs={"lifespan": guarded, "routes": routes(opening, uploads)},
        )
    except OSError as error:
        raise PortTakenError(port) from error
    return page


def _check_free(port: int) -> None:
    """Refuse at once, before seconds of preparation, where the page could not listen."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise PortTakenError(port) from error


def _end_orderly() -> None:
    """Let the signals that end a program end it as Ctrl-C does, so that it clears up; one that is ignored stays so."""
    if threading.current_thread() is not threading.main_thread():
        return  # only there may signals be taken
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # a terminal that closes may send it twice
    sys.exit(128 + number)


def _stay_silent() -> None:
    """No usage reports and no look-ups of versions: the interviews are nobody else's business."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

"""Launching the page on this machine only, with nothing on it that talks to any other."""

import os
import socket
import sys
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.errors import RagError
from rag.ui import DEFAULT_PORT
from rag.ui.opening import Opening

if TYPE_CHECKING:
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
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

Message = MutableMapping[str, Any]
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
    """Wraps a web application (ASGI) so that it serves this machine alone.

    The browser is told, with every page, to load nothing from elsewhere. Requests that name another host, as a web
    page elsewhere could make them, and those for what this page does not need are refused.
    """

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        """Pass a request on, and add the headers to the start of its response."""
        if scope["type"] == "http" and not _from_here(scope):
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This page serves its own machine only."})
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        await self.app(scope, receive, send_guarded)


def _from_here(scope: Message) -> bool:
    """Whether a request names this machine, and asks for nothing that is fetched or stored on its behalf."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    asked = [headers.get("host", ""), *(urlsplit(headers[name]).netloc for name in ("origin",) if name in headers)]
    path = str(scope["path"]).casefold()
    refused = "proxy=" in path or "file=http" in path or path.rstrip("/").endswith("/upload")
    return not refused and all(host.rsplit(":", 1)[0] in _THIS_MACHINE for host in asked)


def serve(
    interviews: Path | str | None = None,
    *,
    index: Path | str | None = None,
    model: str | None = None,
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
) -> None:
    """Show the page over a folder of interviews until it is stopped with Ctrl-C.

    The page answers at once; the interviews are opened, and their index built where needed, behind it.

    Raises:
        PortTakenError: the page cannot listen there. What is wrong with the interviews is told on the page.
        KeyboardInterrupt: it was stopped with Ctrl-C, and has left the port.
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
    opening = Opening(open_library, begin)
    page = launch(opening, port=port, open_browser=open_browser)
    opening.start()
    sys.stderr.write(f"whosaid: the page is at http://{HOST}:{port} (Ctrl-C stops it)\n")
    try:
        while page.is_running:
            time.sleep(SECONDS_BETWEEN_LOOKS)
    finally:
        page.close(verbose=False)


def launch(opening: Opening, *, port: int, open_browser: bool) -> Any:
    """Build the page and let it listen; returns the running Gradio Blocks at once."""
    from starlette.middleware import Middleware

    from rag.ui.page import build_page
    from rag.ui.routes import routes
    from rag.ui.theme import head, reading_room, style_sheet
    from rag.ui.uploads import Uploads

    uploads = Uploads()
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
            app_kwargs={"middleware": [Middleware(GuardedPages)], "routes": routes(opening, uploads)},
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


def _stay_silent() -> None:
    """No usage reports and no look-ups of versions: the interviews are nobody else's business."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

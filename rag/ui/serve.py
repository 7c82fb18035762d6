"""Launching the page on this machine only, with nothing on it that talks to any other."""

import argparse
import os
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from rag.errors import RagError
from rag.library import Library
from rag.ui.opening import Opening

HOST = "127.0.0.1"
PORT = 7860

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
            f"Close that one, or choose another port with --port {port + 1 if port < 65535 else PORT}."
        )
        self.port = port


class GuardedPages:
    """Wraps a web application (ASGI) and tells the browser, with every page, to load nothing from elsewhere."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        """Pass a request on, and add the headers to the start of its response."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        await self.app(scope, receive, send_guarded)


def serve(
    interviews: Path | str | None = None,
    *,
    index: Path | str | None = None,
    model: str | None = None,
    port: int = PORT,
    open_browser: bool = True,
) -> None:
    """Show the page over a folder of interviews until it is stopped with Ctrl+C.

    The page answers at once; the interviews are opened, and their index built where needed, behind it.
    Raises `PortTakenError`; what is wrong with the interviews is told on the page.
    """
    _check_free(port)
    _stay_silent()
    opening = Opening(lambda progress: Library.open(interviews, index=index, model=model, progress=progress))
    page = launch(opening, port=port, open_browser=open_browser)
    opening.start()
    sys.stderr.write(f"whosaid: the page is at http://{HOST}:{port} (Ctrl+C stops it)\n")
    page.block_thread()


def launch(opening: Opening, *, port: int, open_browser: bool) -> Any:
    """Build the page and let it listen; returns the running Gradio Blocks at once."""
    from starlette.middleware import Middleware

    from rag.ui.page import build_page
    from rag.ui.theme import head, reading_room, style_sheet

    page = build_page(opening)
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
            app_kwargs={"middleware": [Middleware(GuardedPages)]},
        )
    except OSError as error:
        raise PortTakenError(port) from error
    return page


def main(arguments: Sequence[str] | None = None) -> int:
    """``python app.py [INTERVIEWS] [--port N] [--index FOLDER] [--no-browser]``; returns the exit status."""
    parser = argparse.ArgumentParser(description="Ask interviews who said what, on a page in your browser.")
    parser.add_argument("interviews", nargs="?", help="a folder or a file of interviews (default: seeds)")
    parser.add_argument("--port", type=int, default=PORT, help="where the page listens (default: %(default)s)")
    parser.add_argument("--index", help="the folder for the index (default: beside the interviews)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    chosen = parser.parse_args(arguments)
    try:
        serve(chosen.interviews, index=chosen.index, port=chosen.port, open_browser=not chosen.no_browser)
    except RagError as error:
        sys.stderr.write(f"whosaid: {error}\n")
        return 1
    return 0


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

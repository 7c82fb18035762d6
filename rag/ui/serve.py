"""Launching the page, on this machine only unless another address is named, with nothing on it that talks to others."""

import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from rag.ui import DEFAULT_PORT, HOST
from rag.ui.address import THIS_MACHINE, Address, PortTakenError
from rag.ui.guarding import GuardedPages
from rag.ui.login import Login
from rag.ui.opening import Opening
from rag.ui.uploads import Uploads, clear_stale

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from rag.library import Added, Library, Progress

SECONDS_BETWEEN_LOOKS = 0.5
SESSIONS_KEPT = 100
"""Visits of which the page knows the conversation; the browser brings it along for one that is longer ago."""
_READABLE = (
    "Whoever can listen on this network can read what the page sends and is sent: use it where you trust everybody."
)
_HERE_ONLY = "Only this machine gets there: the name leads to itself. For others, give its address in the network."
_OPEN = "There is no login: everybody who finds this address can read, add, change and remove interviews."


class NoLoginError(RagError):
    """The page was to be reached from other machines, by anybody."""

    def __init__(self, address: Address) -> None:
        super().__init__(
            f"Other machines can reach {address.host}, and whoever opens the page there can read, change and remove "
            f"interviews. Give it a login: write a name and a password into a file of your own, each on its line, "
            f"and start it with --host {address.host} --login FILE."
        )
        self.address = address


Lifespan = Callable[["Starlette"], AbstractAsyncContextManager[None]]


def guarding(address: Address, login: Login | None) -> Lifespan:
    """Puts the guard around an application that starts, and around all that Gradio has wrapped it in itself.

    Middleware that Gradio is given stands within its own, which answers pages of every local port (CORS).
    """

    @asynccontextmanager
    async def guarded(app: "Starlette") -> AsyncIterator[None]:
        from rag.ui.gate import Gate

        assert app.middleware_stack is not None, "it is there as soon as an application is called"
        inner = Gate(app.middleware_stack, login) if login else app.middleware_stack
        app.middleware_stack = GuardedPages(inner, address.names)
        yield

    return guarded


def serve(
    interviews: Path | str | None = None,
    *,
    index: Path | str | None = None,
    model: str | None = None,
    host: str = HOST,
    port: int = DEFAULT_PORT,
    login: Login | None = None,
    open_to_everybody: bool = False,
    open_browser: bool = True,
) -> None:
    """Show the page over a folder of interviews until it is stopped with Ctrl-C or by a signal.

    The page answers at once; the interviews are opened, and their index built where needed, behind it.

    ``login`` is asked of everybody who opens it. ``open_to_everybody`` does without where others can reach the page.

    Raises:
        HostError, PortTakenError: the page cannot listen there.
        NoLoginError: others could reach it there without a login.
            What is wrong with the interviews is told on the page.
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

    address = Address.of(host, port)
    if not (address.is_here or login or open_to_everybody):
        raise NoLoginError(address)
    address.check_free()
    _stay_silent(address)
    _end_orderly()
    clear_stale()
    opening, uploads = Opening(open_library, begin), Uploads()
    try:
        page = launch(opening, uploads, address, login, open_browser=open_browser)
        opening.start()
        _tell(address, login)
        try:
            while page.is_running:
                time.sleep(SECONDS_BETWEEN_LOOKS)
        finally:
            page.close(verbose=False)
    finally:
        uploads.clear()


def _tell(address: Address, login: Login | None) -> None:
    """Say where the page is and, where others can reach it, what that means."""
    lines = [f"the page is at {address.link} (Ctrl-C stops it)"]
    if address.is_here and address.host not in THIS_MACHINE:
        lines += [_HERE_ONLY]
    if not address.is_here:
        lines += [_READABLE] if login else [_READABLE, _OPEN]
    sys.stderr.write("".join(f"whosaid: {line}\n" for line in lines))


def launch(
    opening: Opening, uploads: Uploads, address: Address, login: Login | None = None, *, open_browser: bool
) -> Any:
    """Build the page and let it listen; returns the running Gradio Blocks at once."""
    from rag.ui.page import build_page
    from rag.ui.routes import routes
    from rag.ui.theme import head, reading_room, style_sheet

    page = build_page(opening, uploads)
    try:
        page.launch(
            server_name=address.name,
            server_port=address.port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            show_error=True,
            ssr_mode=False,
            enable_monitoring=False,
            run_history=False,
            state_session_capacity=SESSIONS_KEPT,
            footer_links=[],
            theme=reading_room(),
            css=style_sheet(),
            head=head(),
            app_kwargs={"lifespan": guarding(address, login), "routes": routes(opening, uploads)},
        )
    except OSError as error:
        raise PortTakenError(address.port) from error
    return page


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


def _stay_silent(address: Address) -> None:
    """No usage reports and no look-ups of versions: the interviews are nobody else's business.

    Gradio asks its own server whether it is there, and would do so through a proxy where one is set.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), address.host)))

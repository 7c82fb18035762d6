"""The guard around the page: it answers under its own name and to its own page, and has nothing fetched elsewhere."""

import re
from collections.abc import Awaitable, Callable, MutableMapping, Set
from typing import Any

from rag.ui.address import THIS_MACHINE

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
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class GuardedPages:
    """Wraps a web application (ASGI) so that it serves its own page alone, under the names that are its own.

    The browser is told, with every page, to load nothing from elsewhere, and to let no other site have a response.
    Requests are refused that name another host, as a page elsewhere could make them by turning its own name to this
    machine (DNS rebinding), that a page of another origin makes, and those for what this page does not need.
    """

    def __init__(self, app: Application, names: Set[str] = THIS_MACHINE) -> None:
        self.app, self.names = app, names

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to the start of its response."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http" or _is_unneeded(str(scope["path"])) or not _from_the_page(scope, self.names):
            await _refuse(scope, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        await self.app(scope, receive, send_guarded)


def _from_the_page(scope: Message, names: Set[str]) -> bool:
    """Whether a request calls the page by its name, and comes from this very page, or is somebody's way to the page.

    A page of another port is another origin (RFC 6454), though the browser calls it the same site (Fetch Metadata).
    """
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get("host", "")
    if re.sub(r":\d+\Z", "", host).casefold() not in names:
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
    await send({"type": "http.response.body", "body": b"This page answers at its own address only."})

"""The gate before the page and all beside it: whoever has not logged in gets the form for it, and nothing else.

It stands before every route, those of Gradio and ours, so that none can be forgotten.
It does not hide what goes over the network: that is as readable there as on any page that begins with "http:".
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Sequence
from ipaddress import ip_network
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from rag.ui.guarding import Application, Message, Receive, Send
from rag.ui.login import Login
from rag.ui.markup import Html, element

HOURS_KEPT = 12
"""How long somebody who does nothing stays logged in."""
WRONG_TRIES = 5
MINUTES_TO_WAIT = 5
"""After so many wrong tries from one machine it is not listened to until they are so long ago."""

LARGEST_FORM = 4096
STARTING = "/gradio_api/startup-events"
"""What Gradio asks of its own server at the start; it tells nothing."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif; margin: 0;
  display: grid; place-items: center; min-height: 100vh;
  background: light-dark(#f5f0e6, #191713); color: light-dark(#24201a, #ece5d6); }
main { width: min(20rem, 88vw); } h1 { font-family: Palatino, Georgia, serif; }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
input, button { margin: 4px 0 16px; padding: 8px 10px; border: 1px solid #8a7f68; border-radius: 4px; }
button { background: light-dark(#8c2b18, #eda184); color: light-dark(#fffaf2, #2a130b); border: 0; cursor: pointer; }
"""
_WRONG = "This name and this password do not go together. Try again."
_WAIT = f"There were too many wrong tries from your machine. Wait {MINUTES_TO_WAIT} minutes, and try again."
_FIRST = "Log in first: open the page and give your name and password."


class Gate:
    """Wraps a web application (ASGI) so that only who knows the login gets through; it forgets all at its end."""

    def __init__(self, app: Application, login: Login) -> None:
        self.app, self.login = app, login
        self._used: dict[str, float] = {}
        self._wrong: defaultdict[str, list[float]] = defaultdict(list)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the form."""
        request = Request(scope, receive)
        if scope["path"] == STARTING or self._is_known(request):
            await self.app(scope, receive, send)
            return
        response = await self._refused(request)
        await response(scope, receive, send)

    async def _refused(self, request: Request) -> Response:
        if request.scope["path"] != "/":
            return PlainTextResponse(_FIRST, 401)
        if request.method == "POST":
            return await self._try(request)
        return _form(401)

    async def _try(self, request: Request) -> Response:
        """Let somebody in who gives the right name and password, to where they were going."""
        machine = _network(request.client.host if request.client else "")
        form = parse_qs(await _body(request))
        if self._must_wait(machine):
            return _form(429, _WAIT)
        if not self.login.admits(*(form.get(field, [""])[0] for field in ("name", "password"))):
            self._wrong[machine].append(time.monotonic())
            return _form(401, _WRONG)
        response = RedirectResponse(f"/?{request.url.query}".rstrip("?"), 303)
        response.set_cookie(_cookie(request), self._begin(), httponly=True, samesite="lax")
        return response

    def _must_wait(self, machine: str) -> bool:
        now = time.monotonic()
        for each in list(self._wrong):
            self._wrong[each] = [then for then in self._wrong[each] if now - then < MINUTES_TO_WAIT * 60]
            if not self._wrong[each]:
                del self._wrong[each]
        return machine in self._wrong and len(self._wrong[machine]) >= WRONG_TRIES

    def _begin(self) -> str:
        """Remember somebody by a key that cannot be guessed."""
        now = time.monotonic()
        self._used = {key: used for key, used in self._used.items() if now - used < HOURS_KEPT * 3600}
        key = secrets.token_urlsafe(32)
        self._used[key] = now
        return key

    def _is_known(self, request: Request) -> bool:
        key, now = request.cookies.get(_cookie(request), ""), time.monotonic()
        if now - self._used.get(key, float("-inf")) > HOURS_KEPT * 3600:
            return False
        self._used[key] = now
        return True


def _network(host: str) -> str:
    """The machine that somebody uses; in IPv6 its network, as it may call itself by any address of that."""
    return str(ip_network((host, 64), strict=False)) if ":" in host and "%" not in host else host


def _cookie(request: Request) -> str:
    """The cookie's name: a browser sends to every port of a machine what one of them has set."""
    return f"whosaid-{request.url.port or 80}"


async def _body(request: Request) -> str:
    """What was sent, as far as a form can be so large."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            return ""
    return body.decode("latin-1")


def _form(status: int, told: str = "") -> Response:
    """The form; it goes back to the very address that was asked for.

    The browser would hide where the form comes from, as it is told to for the page, and the guard refuse it.
    """
    head = (
        element("meta", charset="utf-8"),
        element("meta", name_="viewport", content="width=device-width"),
        element("meta", name_="referrer", content="same-origin"),
        element("title", "whosaid: log in"),
        element("style", Html(_STYLE)),
    )
    page = element("html", element("head", *head), element("body", element("main", *_fields(told))), lang="en")
    return HTMLResponse(f"<!doctype html>{page}", status, {"cache-control": "no-store"})


def _fields(told: str) -> Sequence[Html]:
    return (
        element("h1", "whosaid"),
        element("p", told, role="alert") if told else Html(),
        element(
            "form",
            element("label", "Name", element("input", name_="name", autocomplete="username", required=True)),
            element("label", "Password", element("input", name_="password", type="password", required=True)),
            element("button", "Log in", type="submit"),
            method="post",
        ),
    )

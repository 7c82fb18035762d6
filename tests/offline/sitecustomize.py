"""Python imports this by itself at its start where this folder is on its path: it notes and stops whatever goes out.

What goes out is written, a line each, to the file that WHOSAID_TRAP names, also by programs that this one starts.
"""

import os
import sys
from pathlib import Path

HERE = {"127.0.0.1", "localhost", "::1", "", None}
NAMED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
ADDRESSED = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def watch(event: str, details: tuple[object, ...]) -> None:
    """Hear of every audited event (PEP 578)."""
    if event in NAMED:
        stop_unless_here(event, details[0])
    elif event in ADDRESSED and isinstance(details[1], tuple):
        stop_unless_here(event, details[1][0])


def stop_unless_here(event: str, host: object) -> None:
    """Let only this machine be reached."""
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    if name in HERE:
        return
    with Path(os.environ["WHOSAID_TRAP"]).open("a", encoding="utf-8") as trap:
        trap.write(f"{event} {name}\n")
    raise OSError(f"stopped: {event} {name}")


if "WHOSAID_TRAP" in os.environ:  # not where it is merely read, as by who collects tests
    sys.addaudithook(watch)

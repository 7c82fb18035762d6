"""The chat page: a conversation on the left, the quotes and the whole interview beside it.

`serve` launches it, `page` builds it; the rest turns records into HTML and is testable without a browser.
"""

HOST = "127.0.0.1"
"""Where the page listens, unless another address is asked for: on this machine alone."""
DEFAULT_PORT = 7860
"""The port there, unless another is asked for."""

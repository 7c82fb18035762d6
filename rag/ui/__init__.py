"""The chat page: a conversation on the left, the quotes and the whole interview beside it.

`serve` launches it, `page` builds it; the rest turns records into HTML and is testable without a browser.
"""

DEFAULT_PORT = 7860
"""Where the page listens on this machine, unless another port is asked for."""

"""The chat page: a conversation on the left, the quotes and the whole interview beside it.

`serve` launches it, `page` builds it; the rest turns records into HTML and is testable without a browser.
"""

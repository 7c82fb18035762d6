"""Parts of the page that the browser's behaviour works with, and how events are tied to them."""

from typing import Any

import gradio as gr

Updates = dict[Any, Any]
"""What parts of the page are to show from now on."""


def live_html(value: str, name: str) -> gr.HTML:
    """A part that the browser's behaviour is told of when it appears and whenever it changes."""
    script = f"window.whosaid.part({name!r}, element, trigger, watch);"
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def quietly(listen: Any, act: Any, inputs: list[Any], outputs: list[Any], **options: Any) -> None:
    """Tie an event to what it does; nothing blinks while it is done, and no address is made of it."""
    listen(act, inputs, outputs, show_progress="hidden", api_visibility="private", **options)

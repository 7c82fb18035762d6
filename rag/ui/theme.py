"""The look of the page: paper, ink and one colour of red, by day and by night, with fonts every system has."""

from importlib.resources import files

import gradio as gr

SERIF = ("Iowan Old Style", "Palatino Linotype", "Palatino", "P052", "Charter", "Georgia", "Noto Serif")
SANS = ("Seravek", "Avenir Next", "Segoe UI", "Ubuntu", "Cantarell", "Noto Sans", "Helvetica Neue", "Arial")
MONO = ("ui-monospace", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")

FRAME = "frame.css"
"""The look of the page's frame, which stands before Gradio's own."""
FIRST = ("core.js", "page.css")
"""What the files beside it rest on."""

COLOURS = {
    "body_background_fill": "var(--paper)",
    "background_fill_primary": "var(--sheet)",
    "background_fill_secondary": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--faded)",
    "block_background_fill": "transparent",
    "block_label_text_color": "var(--faded)",
    "block_title_text_color": "var(--faded)",
    "border_color_primary": "var(--rule)",
    "border_color_accent": "var(--accent)",
    "color_accent_soft": "var(--wash)",
    "link_text_color": "var(--accent)",
    "link_text_color_hover": "var(--ink)",
    "input_background_fill": "var(--sheet)",
    "input_border_color": "var(--rule)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--faded)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-deep)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_hover": "var(--wash)",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_border_color": "var(--rule)",
}


def reading_room() -> gr.themes.Base:
    """The theme; its colours are variables of the style sheet, which holds them for light and dark."""
    theme = gr.themes.Base(font=[*SANS, "sans-serif"], font_mono=list(MONO), radius_size="sm", text_size="md")
    both = {**COLOURS, **{f"{name}_dark": colour for name, colour in COLOURS.items()}}
    return theme.set(block_border_width="0px", block_shadow="none", input_shadow="none", **both)


def style_sheet() -> str:
    """The style sheet, with the serif fonts in which quotes are set."""
    serif = ", ".join(f'"{font}"' for font in SERIF)
    return f":root {{ --serif: {serif}, serif; }}\n{_all_of('look', '.css', but=FRAME)}"


def head() -> str:
    """What the page needs in its head: the look of its frame, and its behaviour in the browser."""
    frame = (files("rag.ui") / "look" / FRAME).read_text(encoding="utf-8")
    return f"<style>{frame}</style><script>{_all_of('behaviour', '.js')}</script>"


def _all_of(folder: str, suffix: str, but: str = "") -> str:
    """All files of a folder beside this one, what the others rest on first."""
    found = [each for each in (files("rag.ui") / folder).iterdir() if each.name.endswith(suffix) and each.name != but]
    found.sort(key=lambda each: (each.name not in FIRST, each.name))
    return "\n".join(each.read_text(encoding="utf-8") for each in found)

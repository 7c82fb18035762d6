"""Interviews for tests of the page, one of them full of traps."""

HOSTILE_WORDS = (
    'I grow enormous zucchini <img src=x onerror="window.stolen=1"> in a back\\slash garden ${window.stolen=1} '
    "and {{value}} sell them for $$x^2$$ at [the market](javascript:window.stolen=1) "
    "![seed](https://example.org/seed.png) <script>window.stolen=1</script> every summer."
)
HOSTILE_SAID = HOSTILE_WORDS.partition(" <script>")[0]
"""What is quoted of it: a script is nobody's words, and only the whole interview shows it."""
HOSTILE = f"""Interviewer: What do you <b>grow</b> in ${{window.stolen=1}} your garden?
Mallory Reed: {HOSTILE_WORDS}

Interviewer: Who helps you?
Mallory Reed: My neighbour helps me with the watering.
"""
LIGHTHOUSES = """WEBVTT

00:00:12.000 --> 00:00:20.000
<v Nora Vale>What do you build?</v>

00:12:34.000 --> 00:12:50.000
<v Otto Brand>I build lighthouses out of driftwood, and each of them is taller than the last.</v>

00:13:10.000 --> 00:13:20.000
<v Nora Vale>Who taught you?</v>

00:13:21.000 --> 00:13:50.000
<v Otto Brand>My aunt taught me, and she kept bees as well.</v>
"""
GARDEN = """Rosa: What do you grow?
Kim Tan: I grow zucchini, and I sell them at the market.

Rosa: What else?
Kim Tan: A pond with frogs, and two ducks who quarrel.
"""
BOATS = """Ann: What do you paint?
Bo Li: I paint kayaks made of birch.

Ann: Where?
Bo Li: On the beach, mostly in the morning.
"""
UNLEARN = (
    "The lesson I had to unlearn was the belief that saying “yes” to every opportunity—no matter how small or "
    "misaligned—would inevitably lead to growth and learning."
)

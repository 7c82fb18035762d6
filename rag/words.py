"""Text to the terms by which it is found: folded, split and stemmed; and the content words of a question.

Folding is for finding only: what is shown is always the source's own characters.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_FOLDED = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "′": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"})
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]+|[^\W_]+(?:'[^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_STOP_WORDS = frozenset(
    """
    a about above after again against all also although am among an and any anybody anyone anything are aren't as at
    be because been before being below between both but by can can't cannot could couldn't did didn't do does doesn't
    doing don't down during each either else even ever every everybody everyone few for from further get gets getting
    give given gives go goes going gone got had hadn't has hasn't have haven't having he he'd he'll he's her here
    here's hers herself him himself his how how's i i'd i'll i'm i've if in into is isn't it it's its itself just let
    let's lot lots made make makes many may me might more most much must mustn't my myself neither nobody none nor
    not of off on once one ones only or other others ought our ours ourselves out over own per please quite rather
    really same say saying says said shall shan't she she'd she'll she's should shouldn't since so some somebody
    someone something such take takes than that that's the their theirs them themselves then there there's these they
    they'd they'll they're they've thing things this those though through to too under until up upon us very was
    wasn't we we'd we'll we're we've were weren't what what's when when's where where's whether which while who who's
    whom whose why why's will with within without won't would wouldn't yet you you'd you'll you're you've your
    yours yourself yourselves
    """.split()
)
_stemmer = Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """The stems of a text's content words, in order; scripts without spaces give overlapping pairs of characters."""
    return [stem(word) for word in words(text) if word not in _STOP_WORDS]


def words(text: str) -> list[str]:
    """The words of a text, folded, without possessive endings."""
    found: list[str] = []
    for token in _TOKEN.findall(fold(text)):
        if _UNSPACED.match(token):
            found.extend(token[at : at + 2] for at in range(max(1, len(token) - 1)))
        else:
            found.append(token.removesuffix("'s") if token not in _STOP_WORDS else token)
    return found


def is_content(word: str) -> bool:
    """Whether a folded word carries meaning of its own."""
    return word not in _STOP_WORDS


def fold(text: str) -> str:
    """Lower case, straight quotes and dashes, no accents."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLDED)).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of a folded English word; other words as they are, mostly."""
    return str(_stemmer.stemWord(word))

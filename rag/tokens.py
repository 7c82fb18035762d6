"""Counting tokens with tiktoken, without any network.

For the embedder: an encoding made of the model's own vocabulary, which counts within about 1 % of its tokenizer.
For a language model's budget: tiktoken's published encodings, where they are cached on this machine.
"""

import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import tiktoken
import tiktoken.load

from rag.embedder import DEFAULT_MODEL, Embedder, packaged_model

_SPECIAL_TOKENS = 2
"""The embedder frames every text with two."""
_IDEOGRAPH = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_PIECES = rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})[\p{{L}}\p{{N}}\p{{M}}])+|[^\s\p{{L}}\p{{N}}\p{{M}}]"
_CLEARLY_SMALLER = 0.2
"""Of the window; words run together, as in hashtags, can make three times as many pieces as are counted here."""
_LONGEST_PIECE = 40
"""Characters a word piece cannot have on average: what is longer than a window full of these need not be counted."""
_download_lock = threading.Lock()


def window_counter(embedder: Embedder) -> Callable[[str], int]:
    """A counter for fitting texts into the embedder's window.

    Quick where a text is clearly smaller; near the limit the embedder's own tokenizer has the last word.
    """
    if not embedder.name.startswith(f"{DEFAULT_MODEL}@"):
        return embedder.count_tokens
    clearly_smaller = _CLEARLY_SMALLER * embedder.window

    def count(text: str) -> int:
        if len(text) > _LONGEST_PIECE * embedder.window:
            return len(text)
        estimate = count_word_pieces(text)
        return estimate if estimate <= clearly_smaller else embedder.count_tokens(text)

    return count


def count_word_pieces(text: str) -> int:
    """About how many word pieces all-MiniLM-L6-v2 makes of a text, special tokens included (within about 1 %)."""
    return len(word_piece_encoding().encode_ordinary(_folded(text))) + _SPECIAL_TOKENS


@cache
def word_piece_encoding() -> tiktoken.Encoding:
    """A tiktoken encoding of the packaged model's own vocabulary: for counting only, spaces are not kept."""
    ranks = {bytes([value]): value for value in range(256)}
    for line in (packaged_model() / "vocab.txt").read_text("utf-8").splitlines():
        ranks.setdefault(line.removeprefix("##").encode(), len(ranks))
    ranks.pop(b"", None)
    return tiktoken.Encoding("word-pieces", pat_str=_PIECES, mergeable_ranks=ranks, special_tokens={})


def published_encoding(name: str) -> tiktoken.Encoding | None:
    """One of tiktoken's own encodings, such as ``o200k_base``, if it is cached on this machine; else none.

    Never touches the network.

    Raises:
        ValueError: tiktoken publishes no encoding of that name.
    """
    with _download_lock, _no_downloads():
        try:
            return tiktoken.get_encoding(name)
        except _NotCachedError:
            return None


def count_for_budget(text: str, encoding: str = "o200k_base") -> int:
    """Tokens of a text against a language model's budget; counted as word pieces where ``encoding`` is not cached."""
    published = published_encoding(encoding)
    return len(published.encode_ordinary(text)) if published else count_word_pieces(text) - _SPECIAL_TOKENS


class _NotCachedError(Exception):
    """tiktoken would have to download an encoding."""


def _refuse(blobpath: str) -> bytes:
    raise _NotCachedError(blobpath)


@contextmanager
def _no_downloads() -> Iterator[None]:
    """Within it, tiktoken reads its cache only: its download has no time limit and hangs behind some firewalls."""
    download = tiktoken.load.read_file
    tiktoken.load.read_file = _refuse
    try:
        yield
    finally:
        tiktoken.load.read_file = download


def _folded(text: str) -> str:
    """Lower case without accents, as the model's own tokenizer reads text."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")

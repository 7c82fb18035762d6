"""Learn the ranker in ``rag/ranker.json``: ``python -m tests.benchmarks.rank --keep FOLDER [--podcasts FOLDER]``.

A softmax over all candidates of a question: the right ones shall have the whole of it (listwise, Cao et al., 2007).
Where whole stretches of a meeting are right, part of the loss is that every word of them is told from the others.
The same data and seed give the same file, but for the last digits, which differ from processor to processor.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from rag import ranker
from rag.compiled import PackagedEmbedder
from rag.ranker import Ranker
from tests.benchmarks.examples import FOLDS, Collector, Example, Examples

DATA = Path(__file__).parents[3] / "shared" / "data"
FILE = Path(ranker.__file__).with_name(ranker.FILE)
SHARES = {"questions": 1.5, "within": 1.5, "across": 1.0, "dialogues": 0.7}
"""How much each source counts, however many questions it has; chosen on QMSum's ``val`` and the seeds' tuning half."""
STRETCHES = {"within": 0.6, "across": 0.3}
"""How much of the loss is about every right word, by source; elsewhere all of it is about the first place."""
UNITS, STEPS, BATCH, RATE, DECAY, DROPPED, SEED = 48, 3000, 32, 4e-3, 5e-2, 0.05, 0


class Network(torch.nn.Module):
    """The ranker while it learns."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(inputs, UNITS)
        self.output = torch.nn.Linear(UNITS, 1, bias=False)
        self.direct = torch.nn.Linear(inputs, 1, bias=False)
        torch.nn.init.zeros_(self.direct.weight)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """One score for each row."""
        both = self.direct(features) + self.output(torch.tanh(self.hidden(features)))
        return torch.as_tensor(both)[:, 0]


@dataclass(frozen=True)
class Batch:
    """Some examples, one under another; ``of`` tells which one a row belongs to."""

    features: torch.Tensor
    right: torch.Tensor
    sizes: torch.Tensor
    weights: torch.Tensor
    of: torch.Tensor
    stretches: torch.Tensor

    def total(self, values: torch.Tensor) -> torch.Tensor:
        """Sums by example."""
        return torch.zeros(len(self.stretches)).index_add(0, self.of, values)


def main() -> None:
    """Collect, learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--podcasts", type=Path, default=Path("podcasts"), help="changelog.tar.xz, unpacked")
    parser.add_argument("--keep", type=Path, required=True, help="where indexes are kept for the next time")
    chosen = parser.parse_args()
    collector = Collector(chosen.data, chosen.podcasts, chosen.keep, PackagedEmbedder())
    learn_all(collector.collect(), chosen.keep)


def learn_all(examples: Examples, keep: Path) -> None:
    """Write the ranker; and, into a folder, those that have not seen one part of the questions."""
    for fold in range(FOLDS):
        without(keep, fold).write_text(learn(examples, fold).to_json(), "utf-8")
    FILE.write_text(learn(examples).to_json(), "utf-8")
    print(f"written to {FILE.name}")


def without(keep: Path, fold: int) -> Path:
    """Where the ranker is kept that has not seen one part of the questions."""
    return keep / f"ranker-without-{fold}.json"


def learn(examples: Examples, without_fold: int | None = None) -> Ranker:
    """A ranker for these examples, but for those of one fold."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    pool = [(name, each) for name, some in examples.by_source.items() for each in some if each.fold != without_fold]
    shares = np.array([SHARES[name] / len(examples.by_source[name]) for name, _ in pool])
    seen = np.concatenate([each.features[::7] for _, each in pool]).astype(np.float32)
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-6
    network = Network(len(examples.inputs))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    for _ in range(STEPS):
        chosen = chance.choice(len(pool), BATCH, p=shares / shares.sum())
        batch = _batch([pool[at] for at in chosen], middle, spread)
        kept = torch.rand(1, batch.features.shape[1]) > DROPPED
        loss = _loss(network(batch.features * kept), batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    return _made(examples.inputs, middle, spread, network)


def _batch(chosen: list[tuple[str, Example]], middle: Any, spread: Any) -> Batch:
    examples = [each for _, each in chosen]
    features = np.concatenate([each.features for each in examples]).astype(np.float32)
    return Batch(
        features=torch.tensor((features - middle) / spread),
        right=torch.tensor(np.concatenate([each.right for each in examples])),
        sizes=torch.tensor(np.concatenate([each.sizes for each in examples])),
        weights=torch.tensor(np.concatenate([each.weights for each in examples])),
        of=torch.tensor(np.repeat(np.arange(len(examples)), [len(each.right) for each in examples])),
        stretches=torch.tensor([STRETCHES.get(name, 0.0) for name, _ in chosen]),
    )


def _loss(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    first, stretches = _first_place(scores, batch), _every_word(scores, batch)
    return ((1 - batch.stretches) * first + batch.stretches * stretches).mean()


def _first_place(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    best = torch.full((len(batch.stretches),), -torch.inf).scatter_reduce(0, batch.of, scores.detach(), "amax")
    likely = torch.exp(scores - best[batch.of]) * batch.weights
    return torch.log(batch.total(likely)) - torch.log(batch.total(likely * batch.right) + 1e-20)


def _every_word(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    centred = scores - (batch.total(scores * batch.weights) / batch.total(batch.weights))[batch.of]
    words = (batch.sizes + 1) * batch.weights
    right, wrong = words * batch.right, words * ~batch.right
    weights = right / (batch.total(right) + 1e-9)[batch.of] + wrong / (batch.total(wrong) + 1e-9)[batch.of]
    losses = torch.nn.functional.binary_cross_entropy_with_logits(centred, batch.right.float(), reduction="none")
    return batch.total(weights * losses)


def _made(inputs: tuple[str, ...], middle: Any, spread: Any, network: Network) -> Ranker:
    hidden, bias, output, direct = (
        each.detach().numpy()
        for each in (network.hidden.weight, network.hidden.bias, network.output.weight[0], network.direct.weight[0])
    )
    return Ranker(inputs, middle, spread, hidden, bias, output, direct)


if __name__ == "__main__":
    main()

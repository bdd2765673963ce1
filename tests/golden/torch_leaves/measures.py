"""What a row of metrics.csv measures: the loss, and the metrics that are built here."""

import torch

from . import read_leaf
from .losses import LOSSES, Targets, make_loss


def accuracy(_z, a, targets):
    if targets.binary:
        return ((a[:, 0] > 0.5) == targets.labels.bool()).float().mean()
    return (a.argmax(1) == targets.labels).float().mean()


def binary_accuracy(_z, a, targets):
    return ((a > 0.5) == targets.matrix.bool()).float().mean()


def top_k_accuracy(k):
    return lambda z, a, targets: (a.topk(k, dim=1).indices == targets.labels.unsqueeze(1)).any(
        1).float().mean()


class Measures:
    """The columns of one part of the data, as functions of logits, outputs and targets."""

    def __init__(self, configuration, last):
        self.loss_name = "loss"
        self.labels_kind = read_leaf(configuration["labels"])[0]
        self.functions = {"loss": make_loss(configuration["loss"], last)}
        self.sums = {"loss": adds_up(configuration["loss"])}
        self.losses = ["loss"]
        self.unknown = []
        for leaf in configuration.get("metrics") or []:
            self._add(leaf, last)

    def _add(self, leaf, last):
        name, options = read_leaf(leaf)
        if name in LOSSES:
            self.functions[name] = make_loss(leaf, last)
            self.sums[name] = adds_up(leaf)
            self.losses.append(name)
        elif name in ("accuracy", "binary_accuracy"):
            self.functions[name] = {"accuracy": accuracy, "binary_accuracy": binary_accuracy}[name]
        elif name == "top_k_accuracy":
            k = options.get("k", 5)
            self.functions[f"{name}_{k}"] = top_k_accuracy(k)
        else:
            self.unknown.append(name)

    def of(self, z, a, labels):
        """Each measure of a block; the loss with its graph."""
        targets = Targets(labels, self.labels_kind, a.shape[1])
        return {name: function(z, a, targets) for name, function in self.functions.items()}


def adds_up(leaf):
    return read_leaf(leaf)[1].get("reduction") == "sum"


class Tally:
    """The measures of blocks put together: means over samples, or sums."""

    def __init__(self, measures):
        self._sums = measures.sums
        self._totals = {name: 0.0 for name in measures.functions}
        self._samples = 0

    def add(self, values, samples):
        self._samples += samples
        with torch.no_grad():
            for name, value in values.items():
                weight = 1 if self._sums.get(name) else samples
                self._totals[name] += value.item() * weight

    def values(self):
        if self._samples == 0:
            return {}
        return {name: total / (1 if self._sums.get(name) else self._samples)
                for name, total in self._totals.items()}

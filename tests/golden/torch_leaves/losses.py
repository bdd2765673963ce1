"""Losses: what nnrun reports of a block of samples, as a function of logits and outputs.

A loss takes the last layer's input z [N, K], its output a [N, K] and Targets; it works on z where the
last layer is differentiated jointly. `reduction: mean` is over samples, and over the outputs where
there is a mean over them; `sum` adds up both.
"""

import torch
from torch import nn
from torch.nn import functional as F

from . import build


class Targets:
    """Labels [N]: classes, or 0 and 1 of one_vs_rest."""

    def __init__(self, labels, kind, outputs):
        self.labels = torch.as_tensor(labels)
        self.binary = kind == "one_vs_rest"
        columns = self.labels.unsqueeze(1) if self.binary else F.one_hot(self.labels, outputs)
        self.matrix = columns.to(torch.get_default_dtype())  # [N, K]


def elementwise(make):
    """PyTorch's class on outputs and targets; both average over samples and outputs alike."""

    def made(reader, _last):
        loss = make(reader, reader.take("reduction", "mean"))
        return lambda z, a, targets: loss(a, targets.matrix)

    return made


def cross_entropy(reader, _last):
    weights = reader.take("class_weights")
    weights = None if weights in (None, "none") else torch.tensor([float(w) for w in weights])
    mean = reader.take("reduction", "mean") == "mean"
    # Differs: PyTorch's mean divides by the sum of the samples' weights, this one by N.
    loss = nn.CrossEntropyLoss(weight=weights, label_smoothing=reader.take("label_smoothing", 0.0),
                               reduction="sum")
    return lambda z, a, targets: loss(z, targets.labels) / (len(z) if mean else 1)


def binary_cross_entropy(reader, _last):
    weight = torch.tensor(float(reader.take("positive_weight", 1.0)))
    loss = nn.BCEWithLogitsLoss(pos_weight=weight, reduction=reader.take("reduction", "mean"))
    return lambda z, a, targets: loss(z, targets.matrix)


def hinge(reader, _last):
    margin = reader.take("margin", 1.0)
    reduction = reader.take("reduction", "mean")
    classes = nn.MultiMarginLoss(margin=margin, reduction=reduction)
    # max(0, margin − t (a − 0)), t = ±1
    binary = nn.MarginRankingLoss(margin=margin, reduction=reduction)

    def loss(_z, a, targets):
        if targets.binary:
            return binary(a, torch.zeros_like(a), 2 * targets.matrix - 1)
        return classes(a, targets.labels)

    return loss


def focal(reader, last):
    # Differs: PyTorch has none. Lin et al. 2017, equations 4 and 5.
    gamma = reader.take("gamma", 2.0)
    alpha = reader.take("alpha")
    mean = reader.take("reduction", "mean") == "mean"

    def of_log_probability(log_p):
        return -((1 - log_p.exp()) ** gamma) * log_p

    def loss(z, _a, targets):
        if last == "softmax":
            log_p = F.log_softmax(z, dim=1).gather(1, targets.labels.unsqueeze(1))
            each = of_log_probability(log_p)
        else:
            y = targets.matrix
            each = of_log_probability(F.logsigmoid((2 * y - 1) * z))
            if alpha not in (None, "none"):
                each = each * (alpha * y + (1 - alpha) * (1 - y))
        return each.mean() if mean else each.sum()

    return loss


LOSSES = {
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "mean_squared_error": elementwise(lambda _, reduction: nn.MSELoss(reduction=reduction)),
    "mean_absolute_error": elementwise(lambda _, reduction: nn.L1Loss(reduction=reduction)),
    "huber": elementwise(lambda reader, reduction: nn.HuberLoss(
        delta=reader.take("delta", 1.0), reduction=reduction)),
    "hinge": hinge,
    "focal": focal,
}


def make_loss(leaf, last):
    """The loss behind a last layer of this name."""
    return build(LOSSES, "loss", leaf, last)

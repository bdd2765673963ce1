"""Optimizers."""

import torch
from torch import optim

from . import Reader, Unknown


def sgd(momentum, nesterov):
    def make(reader, groups, l2):
        if momentum:
            momentum_of = reader.take("momentum", 0.9)
            return optim.SGD(groups, lr=0, momentum=momentum_of, nesterov=nesterov, weight_decay=l2)
        return optim.SGD(groups, lr=0, weight_decay=l2)

    return make


def adam(kind, **more):
    """Adam and its kin; `more`: PyTorch's names of further options, each with nnrun's and default."""

    def make(reader, groups, l2):
        betas = (reader.take("beta1", 0.9), reader.take("beta2", 0.999))
        others = {theirs: reader.take(*ours) for theirs, ours in more.items()}
        return kind(groups, lr=0, betas=betas, eps=reader.take("epsilon", 1e-8), weight_decay=l2,
                    **others)

    return make


def adamw(reader, groups, l2):
    # `weight_decay` is nnrun's own here: the class decays as Optimizer.step does for all others.
    betas = (reader.take("beta1", 0.9), reader.take("beta2", 0.999))
    decay = reader.take("weight_decay", 0.01)
    made = optim.AdamW(groups, lr=0, betas=betas, eps=reader.take("epsilon", 1e-8),
                       weight_decay=decay)
    made.added_l2 = l2
    return made


def rprop(reader, groups, l2):
    made = optim.Rprop(groups, lr=0, etas=(reader.take("shrink", 0.5), reader.take("grow", 1.2)),
                       step_sizes=(reader.take("smallest", 1e-6), reader.take("largest", 50)))
    made.added_l2 = l2  # the class has no weight_decay
    return made


def lbfgs(reader, groups, l2):
    parameters = [parameter for group in groups for parameter in group["params"]]
    made = optim.LBFGS(parameters, lr=0, max_iter=1, history_size=reader.take("history", 10))
    made.added_l2 = l2  # the class has no weight_decay
    return made


OPTIMIZERS = {
    "gradient_descent": sgd(momentum=False, nesterov=False),
    "momentum": sgd(momentum=True, nesterov=False),
    "nesterov": sgd(momentum=True, nesterov=True),
    "adagrad": lambda reader, groups, l2: optim.Adagrad(
        groups, lr=0, eps=reader.take("epsilon", 1e-10), weight_decay=l2),
    "adadelta": lambda reader, groups, l2: optim.Adadelta(
        groups, lr=0, rho=reader.take("decay", 0.9), eps=reader.take("epsilon", 1e-6),
        weight_decay=l2),
    "rmsprop": lambda reader, groups, l2: optim.RMSprop(
        groups, lr=0, alpha=reader.take("decay", 0.99), eps=reader.take("epsilon", 1e-8),
        weight_decay=l2),
    "adam": adam(optim.Adam),
    "adamw": adamw,
    "adamax": adam(optim.Adamax),
    "nadam": adam(optim.NAdam, momentum_decay=("momentum_decay", 0.004)),
    "rprop": rprop,
    "lbfgs": lbfgs,
}


class Optimizer:
    """One of PyTorch's, with nnrun's l2, decoupled decay and clipping around it.

    l2: the classes' own `weight_decay` is it, all but AdamW's; where a class has none it is added to
    the gradient here. weight_decay: Differs: only AdamW has it; nnrun's is that of AdamW for all.
    """

    def __init__(self, leaf, groups, clip_gradient=None):
        reader = Reader(leaf)
        if reader.name not in OPTIMIZERS:
            raise Unknown(f"unknown here: optimizer '{reader.name}'")
        l2 = reader.take("l2", 0.0)
        self._decay = 0.0 if reader.name == "adamw" else reader.take("weight_decay", 0.0)
        self._clip = clip_gradient or {}
        # Both at once: the l2 of the gradient is that of w before it decays.
        class_l2, self._l2 = (0.0, l2) if self._decay else (l2, 0.0)
        self._torch = OPTIMIZERS[reader.name](reader, groups, class_l2)
        self._l2 += getattr(self._torch, "added_l2", 0.0)
        reader.finish()

    def _parameters(self):
        return [p for group in self._torch.param_groups for p in group["params"]]

    def step(self, rates):
        """One step with the gradients that the parameters hold; a rate for each group."""
        clip_gradient(self._parameters(), self._clip)
        for group, rate in zip(self._torch.param_groups, rates):
            group["lr"] = rate
        with torch.no_grad():
            for group in self._torch.param_groups:
                for parameter in group["params"]:
                    parameter.grad.add_(parameter, alpha=self._l2)
                    parameter.mul_(1 - group["lr"] * self._decay)
        self._torch.step(lambda: torch.zeros(()))  # LBFGS asks for the loss; it makes no use of it

    def zero_grad(self):
        self._torch.zero_grad()


def clip_gradient(parameters, how):
    """`{norm: X}` or `{value: X}`."""
    if "norm" in how:
        torch.nn.utils.clip_grad_norm_(parameters, how["norm"])
    elif "value" in how:
        torch.nn.utils.clip_grad_value_(parameters, how["value"])

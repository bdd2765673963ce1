"""Optimizers: the parameters after each of 20 steps with given gradients."""

import torch

from torch_leaves.optimizers import Optimizer, clip_gradient

from . import Draw, flat

STEPS = 20
SIZE = 6

# name: [(options, rate)]
CASES = {
    "gradient_descent": [({}, 0.1)],
    "momentum": [({}, 0.1), ({"momentum": 0.5}, 0.1)],
    "nesterov": [({}, 0.1), ({"momentum": 0.5}, 0.1)],
    "adagrad": [({}, 0.1), ({"epsilon": 0.1}, 0.1)],
    "adadelta": [({}, 1.0), ({"decay": 0.5, "epsilon": 0.01}, 0.5)],
    "rmsprop": [({}, 0.01), ({"decay": 0.5, "epsilon": 0.1}, 0.1)],
    "adam": [({}, 0.01), ({"beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}, 0.1)],
    "adamw": [({}, 0.01), ({"beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}, 0.1)],
    "adamax": [({}, 0.01), ({"beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}, 0.1)],
    "nadam": [({}, 0.01), ({"beta1": 0.5, "beta2": 0.9, "epsilon": 0.1, "momentum_decay": 0.1}, 0.1)],
    "rprop": [({}, 0.1), ({"shrink": 0.3, "grow": 1.7, "smallest": 0.01, "largest": 0.5}, 0.1)],
    "lbfgs": [({}, 0.5), ({"history": 3}, 1.0), ({}, 0.1)],
}


def gradients(draw):
    """Of each step; the first parameter's is always 0, the second's changes its sign now and then."""
    rows = []
    for step in range(STEPS):
        row = draw.numbers(SIZE)
        row[0] = 0.0
        row[1] = abs(row[1]) * (-1 if step % 5 == 4 else 1)
        rows.append(row)
    return rows


def polynomial_gradient(w):
    """Of f(w) = Σ_i (i + 1)/4 (w_i − 1)² + 1/4 Σ_i (w_i − w_(i+1))⁴, i = 0 … n − 1, w_n = w_0."""
    w = w.detach().requires_grad_()
    factors = (torch.arange(len(w)) + 1) / 4
    value = (factors * (w - 1) ** 2).sum() + ((w - w.roll(-1)) ** 4).sum() / 4
    return torch.autograd.grad(value, w)[0]


def case(name, options, rate):
    leaf = {name: options} if options else name
    draw = Draw(f"{leaf} {rate}")
    w = torch.tensor(draw.numbers(SIZE)).requires_grad_()
    made = {"yaml": leaf, "rate": rate, "w0": flat(w)}
    given = gradients(draw) if name != "lbfgs" else None
    optimizer = Optimizer(leaf, [{"params": [w]}])
    used, after = [], []
    for step in range(STEPS):
        # One that builds on curvature needs gradients of a function.
        g = torch.tensor(given[step]) if given else polynomial_gradient(w)
        used.append(flat(g))
        w.grad = g.clone()
        optimizer.step([rate])
        after.append(flat(w))
    return {**made, "gradients": used, "w": after}


def clipping(how):
    """Gradients of two parameters before and after; a step's limit is reached in some only."""
    draw = Draw(f"clip {how}")
    steps = []
    for step in range(5):
        parameters = [torch.zeros(4).requires_grad_(), torch.zeros(3).requires_grad_()]
        for parameter in parameters:
            parameter.grad = torch.tensor(draw.numbers(parameter.numel())) * 2.0 ** (step - 3)
        before = [flat(parameter.grad) for parameter in parameters]
        clip_gradient(parameters, how)
        steps.append({"gradients": before, "clipped": [flat(p.grad) for p in parameters]})
    return {"yaml": how, "steps": steps}


def files():
    for name, variants in CASES.items():
        made = [case(name, options, rate) for options, rate in variants]
        rate = variants[0][1]
        made.append(case(name, {"l2": 0.5}, rate))
        made.append(case(name, {"weight_decay": 0.1}, rate))
        yield name, made
    yield "clip_gradient", [clipping({"norm": 1.5}), clipping({"value": 0.75}),
                            clipping({"norm": 1000}), clipping({"norm": 1e-6})]

"""Losses: the loss that is reported and its gradient with respect to the logits."""

import torch

from torch_leaves.layers import make_layer
from torch_leaves.losses import Targets, make_loss

from . import Draw, flat

SAMPLES = 6
CLASSES = 4
SUM = {"reduction": "sum"}

# What a network ends in: (last layer, kind of labels, outputs).
SOFTMAX = [("softmax", "classes", CLASSES)]
SOFTMAXES = [*SOFTMAX, ("softmax", "classes", 2), ("log_softmax", "classes", CLASSES)]
SIGMOID = [("sigmoid", "one_vs_rest", 1), ("sigmoid", "classes", CLASSES)]
ANY = [*SIGMOID, *SOFTMAX, ("identity", "classes", CLASSES), ("tanh", "one_vs_rest", 1),
       ("log_softmax", "classes", CLASSES), ("leaky_relu", "one_vs_rest", 1)]
OPEN = [("identity", "one_vs_rest", 1), ("identity", "classes", CLASSES),
        ("tanh", "one_vs_rest", 1), ("tanh", "classes", CLASSES), ("sigmoid", "one_vs_rest", 1),
        ("softmax", "classes", CLASSES)]

# name: [(options, ends)]
CASES = {
    "cross_entropy": [
        ({}, SOFTMAXES), (SUM, SOFTMAXES),
        ({"label_smoothing": 0.1}, SOFTMAXES),
        ({"class_weights": [0.5, 2, 0, 1.25]}, [SOFTMAXES[0], SOFTMAXES[2]]),
        ({"class_weights": [0.5, 2, 0, 1.25], "label_smoothing": 0.3, **SUM},
         [SOFTMAXES[0], SOFTMAXES[2]]),
    ],
    "binary_cross_entropy": [({}, SIGMOID), (SUM, SIGMOID), ({"positive_weight": 3.5}, SIGMOID),
                             ({"positive_weight": 0.25, **SUM}, SIGMOID)],
    "mean_squared_error": [({}, ANY), (SUM, ANY)],
    "mean_absolute_error": [({}, ANY), (SUM, ANY)],
    "huber": [({}, ANY), ({"delta": 0.25}, ANY), ({"delta": 0.25, **SUM}, ANY)],
    "hinge": [({}, OPEN), (SUM, OPEN), ({"margin": 0.3}, OPEN)],
    "focal": [
        ({}, [*SOFTMAXES[:2], *SIGMOID]), (SUM, [*SOFTMAX, *SIGMOID]),
        ({"gamma": 0}, [*SOFTMAX, *SIGMOID]), ({"gamma": 0.5}, [*SOFTMAX, *SIGMOID]),
        ({"alpha": 0.25}, SIGMOID), ({"alpha": 0.75, "gamma": 1, **SUM}, SIGMOID),
    ],
}
# Logits far from 0 lose nothing where loss and last layer are differentiated jointly.
FAR = {"cross_entropy": SOFTMAX, "binary_cross_entropy": SIGMOID[:1], "focal": [*SOFTMAX, SIGMOID[0]]}


def case(leaf, end, scale=1):
    last, kind, outputs = end
    draw = Draw(f"{leaf} {end}")
    z = torch.tensor([scale * n for n in draw.numbers(SAMPLES * outputs)])
    z = z.reshape(SAMPLES, outputs).requires_grad_()
    classes = 2 if kind == "one_vs_rest" else outputs
    labels = draw.shuffled(n % classes for n in range(SAMPLES))
    a = make_layer(last, [outputs]).module(z)
    loss = make_loss(leaf, last)(z, a, Targets(labels, kind, outputs))
    loss.backward()
    return {"yaml": leaf, "last": last, "labels_kind": kind, "outputs": outputs, "z": flat(z),
            "labels": labels, "loss": loss.item(), "dz": flat(z.grad)}


def files():
    for name, variants in CASES.items():
        made = [case({name: options} if options else name, end)
                for options, ends in variants for end in ends]
        made += [case(name, end, scale=32) for end in FAR.get(name, [])]
        yield name, made

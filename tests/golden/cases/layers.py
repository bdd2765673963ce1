"""Layers: y, dx and the parameters' gradients for a given dy."""

import math

import torch

from torch_leaves.layers import make_layer

from . import Draw, flat

SAMPLES = 3
ROW = [5]
IMAGE = [4, 5, 6]

# name: [(leaf, shape of a sample, more keys of the case)]
CASES = {
    "dense": [({"dense": {"units": 4}}, ROW), ({"dense": {"units": 2, "bias": "none"}}, ROW)],
    "conv2d": [
        ({"conv2d": {"channels": 3, "kernel": 3}}, [2, 5, 6]),
        ({"conv2d": {"channels": 2, "kernel": 1, "bias": "none"}}, [3, 3, 4]),
        ({"conv2d": {"channels": 2, "kernel": 3, "stride": 2, "padding": 1}}, [2, 5, 6]),
        ({"conv2d": {"channels": 2, "kernel": {"height": 2, "width": 3},
                     "stride": {"height": 1, "width": 2}, "padding": {"height": 1, "width": 0},
                     "dilation": {"height": 2, "width": 1}}}, [2, 5, 7]),
        ({"conv2d": {"channels": 4, "kernel": 3, "groups": 2, "padding": 2, "dilation": 2}},
         [4, 5, 4]),
        ({"conv2d": {"channels": 3, "kernel": 2, "groups": 3}}, [3, 4, 3]),
        # Stride leaves a row and a column of the image unseen.
        ({"conv2d": {"channels": 1, "kernel": 2, "stride": 3}}, [1, 6, 7]),
    ],
    "max_pool2d": [
        ({"max_pool2d": {"kernel": 2}}, [2, 5, 6]),
        ({"max_pool2d": {"kernel": 3, "stride": 2, "padding": 1}}, [2, 6, 5]),
        ({"max_pool2d": {"kernel": {"height": 3, "width": 2},
                         "stride": {"height": 1, "width": 2},
                         "padding": {"height": 1, "width": 0}}}, [1, 5, 6]),
    ],
    "avg_pool2d": [
        ({"avg_pool2d": {"kernel": 2}}, [2, 5, 6]),
        ({"avg_pool2d": {"kernel": 3, "stride": 2, "padding": 1}}, [2, 6, 5]),
        ({"avg_pool2d": {"kernel": {"height": 3, "width": 2},
                         "stride": {"height": 1, "width": 2},
                         "padding": {"height": 1, "width": 0}}}, [1, 5, 6]),
    ],
    "global_avg_pool2d": [("global_avg_pool2d", [3, 4, 5])],
    "flatten": [("flatten", [2, 3, 4])],
    "reshape": [({"reshape": {"shape": [2, 3, 2]}}, [12]), ({"reshape": {"shape": [6]}}, [1, 2, 3])],
    # Random streams differ: in training only a rate of 0 can be compared.
    "dropout": [({"dropout": {"rate": 0.0}}, ROW, {"train": True}),
                ({"dropout": {"rate": 0.4}}, ROW, {"train": False})],
    "batch_norm": [
        ("batch_norm", ROW, {"train": True}),
        ("batch_norm", [2, 3, 4], {"train": True}),
        ({"batch_norm": {"epsilon": 0.01, "momentum": 0.3}}, [2, 2, 3], {"train": True}),
        ("batch_norm", ROW, {"train": False}),
        ({"batch_norm": {"epsilon": 0.01}}, [2, 3, 4], {"train": False}),
    ],
    "layer_norm": [("layer_norm", ROW), ({"layer_norm": {"epsilon": 0.01}}, [2, 3, 4])],
    "residual": [
        ({"residual": {"layers": [{"dense": {"units": 4}}, "relu", {"dense": {"units": 5}}]}}, ROW),
        ({"residual": {"layers": ["tanh"]}}, ROW),
        ({"residual": {"layers": [{"conv2d": {"channels": 2, "kernel": 3, "padding": 1}}, "tanh",
                                  {"residual": {"layers": [{"conv2d": {
                                      "channels": 2, "kernel": 1}}]}}]}}, [2, 4, 3]),
        ({"residual": {"layers": [{"dense": {"units": 5, "bias": "none"}}, "batch_norm"]}}, ROW, {"train": True}),
    ],
    "leaky_relu": [("leaky_relu", ROW), ({"leaky_relu": {"slope": 0.2}}, IMAGE)],
    "elu": [("elu", ROW), ({"elu": {"alpha": 0.5}}, IMAGE)],
    "softplus": [("softplus", ROW), ({"softplus": {"beta": 2.5}}, IMAGE)],
    "softmax": [("softmax", ROW), ("softmax", [2])],
    "log_softmax": [("log_softmax", ROW), ("log_softmax", [2])],
    **{name: [(name, ROW), (name, IMAGE)] for name in
       ("sigmoid", "tanh", "relu", "selu", "gelu", "silu", "hard_sigmoid", "identity")},
}

# Activations are also tried far from 0, where a formula that is not stable overflows or loses digits.
FAR = [-100.0, -30.0, -9.5, -3.5, -0.0078125, 0.0078125, 2.75, 9.5, 30.0, 100.0]
FAR_ROW = [-100.0, 100.0, 98.5, 97.25, 3.5]  # of a softmax: not all of it in one place
FAR_OF = {**dict.fromkeys(("sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "silu",
                           "softplus", "hard_sigmoid", "identity"), FAR),
          **dict.fromkeys(("softmax", "log_softmax"), FAR_ROW)}


def case(leaf, shape, more, x, samples):
    draw = Draw(f"{leaf} {shape} {more}")
    made = make_layer(leaf, shape)
    made.module.train(more.get("train", True))
    x = x or draw.numbers(samples * math.prod(shape))
    made_of = {"yaml": leaf, "input": shape, "train": more.get("train", True), "x": x}
    with torch.no_grad():
        for tensor in made.parameters.values():
            tensor.copy_(torch.tensor(draw.numbers(tensor.numel())).reshape(tensor.shape))
        for name, tensor in made.state.items():
            if not made.module.training:
                tensor.copy_(torch.tensor(draw.numbers(tensor.numel())))
                if name.endswith("running_variance"):
                    tensor.abs_()
    made_of["parameters"] = {name: flat(tensor) for name, tensor in made.parameters.items()}
    if made.state:
        made_of["state"] = {name: flat(tensor) for name, tensor in made.state.items()}
    return {**made_of, **passes(made, x, shape, samples, draw)}


def passes(made, x, shape, samples, draw):
    """What goes forward and what comes back."""
    x = torch.tensor(x).reshape([samples, *shape]).requires_grad_()
    y = made.module(x)
    dy = torch.tensor(draw.numbers(y.numel())).reshape(y.shape)
    y.backward(dy)
    found = {"output": list(y.shape[1:]), "y": flat(y), "dy": flat(dy), "dx": flat(x.grad),
             "gradients": {name: flat(tensor.grad) for name, tensor in made.parameters.items()}}
    if made.state and made.module.training:
        found["state_after"] = {name: flat(tensor) for name, tensor in made.state.items()}
    return found


def files():
    for name, cases in CASES.items():
        made = [case(leaf, shape, dict(*more), None, SAMPLES) for leaf, shape, *more in cases]
        if name in FAR_OF:
            made.append(case(name, [len(FAR_OF[name])], {}, FAR_OF[name], 1))
        yield name, made

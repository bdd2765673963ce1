"""Layers, and networks of them."""

import math

import torch
from torch import nn

from . import build, read_leaf


class Made:
    """A module with what nnrun calls its parameters and its state: name -> tensor."""

    def __init__(self, module, parameters=None, state=None, settings=None):
        self.module = module
        self.parameters = parameters or {}
        self.state = state or {}
        self.settings = settings or {}  # of each parameter: initializer, frozen, learning_rate

    def output(self, shape):
        """The shape of one sample's output."""
        training = self.module.training
        self.module.eval()
        with torch.no_grad():
            output = self.module(torch.zeros(2, *shape))
        self.module.train(training)
        return list(output.shape[1:])


class Residual(nn.Module):
    """y = x + f(x)"""

    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


def pair(value, default=None):
    """A whole number, or {height: …, width: …}."""
    if value is None:
        return default
    if isinstance(value, dict):
        return value["height"], value["width"]
    return value, value


def trained(reader, module, parameters, defaults, state=None):
    """A layer with parameters: nnrun's name of each with PyTorch's tensor."""
    shared = {"frozen": reader.take("frozen", False), "learning_rate": reader.take("learning_rate")}
    settings = {}
    for name, default in defaults.items():
        initializer = reader.take(name, default)
        settings[name] = {"initializer": initializer, **shared}
    parameters = {name: tensor for name, tensor in parameters.items() if tensor is not None}
    return Made(module, parameters, state, {name: settings[name] for name in parameters})


def dense(reader, shape):
    has_bias = reader.take("bias", "zeros") != "none"
    linear = nn.Linear(math.prod(shape), reader.take("units"), bias=has_bias)
    parameters = {"weights": linear.weight, "bias": linear.bias}
    return trained(reader, nn.Sequential(nn.Flatten(), linear), parameters,
                   {"weights": "glorot_uniform", "bias": "zeros"})


def conv2d(reader, shape):
    has_bias = reader.take("bias", "zeros") != "none"
    conv = nn.Conv2d(shape[0], reader.take("channels"), pair(reader.take("kernel")),
                     stride=pair(reader.take("stride"), 1), padding=pair(reader.take("padding"), 0),
                     dilation=pair(reader.take("dilation"), 1), groups=reader.take("groups", 1),
                     bias=has_bias)
    return trained(reader, conv, {"weights": conv.weight, "bias": conv.bias},
                   {"weights": "glorot_uniform", "bias": "zeros"})


def pool2d(kind):
    def make(reader, _shape):
        kernel = pair(reader.take("kernel"))
        stride = reader.take("stride", "kernel")
        return Made(kind(kernel, stride=kernel if stride == "kernel" else pair(stride),
                         padding=pair(reader.take("padding"), 0)))

    return make


def batch_norm(reader, shape):
    kind = nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d
    norm = kind(shape[0], eps=reader.take("epsilon", 1e-5), momentum=reader.take("momentum", 0.1))
    state = {"running_mean": norm.running_mean, "running_variance": norm.running_var}
    return trained(reader, norm, {"scale": norm.weight, "shift": norm.bias},
                   {"scale": {"constant": {"value": 1}}, "shift": "zeros"}, state)


def layer_norm(reader, shape):
    norm = nn.LayerNorm(shape, eps=reader.take("epsilon", 1e-5))
    return trained(reader, norm, {"scale": norm.weight, "shift": norm.bias},
                   {"scale": {"constant": {"value": 1}}, "shift": "zeros"})


def residual(reader, shape):
    body = make_network(reader.take("layers"), shape)
    return Made(Residual(body.module), body.parameters, body.state, body.settings)


def softplus(reader, _shape):
    # Differs: by default nn.Softplus is x itself beyond βx = 20, which is wrong by up to 2e-9 there.
    return Made(nn.Softplus(reader.take("beta", 1), threshold=80))


def plain(make):
    """A layer with neither parameters nor options."""
    return lambda reader, shape: Made(make())


LAYERS = {
    "dense": dense,
    "conv2d": conv2d,
    "max_pool2d": pool2d(nn.MaxPool2d),
    "avg_pool2d": pool2d(nn.AvgPool2d),
    "global_avg_pool2d": plain(lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())),
    "flatten": plain(nn.Flatten),
    "reshape": lambda reader, _: Made(
        nn.Sequential(nn.Flatten(), nn.Unflatten(1, tuple(reader.take("shape"))))),
    "dropout": lambda reader, _: Made(nn.Dropout(reader.take("rate"))),
    "batch_norm": batch_norm,
    "layer_norm": layer_norm,
    "residual": residual,
    "sigmoid": plain(nn.Sigmoid),
    "tanh": plain(nn.Tanh),
    "relu": plain(nn.ReLU),
    "leaky_relu": lambda reader, _: Made(nn.LeakyReLU(reader.take("slope", 0.01))),
    "elu": lambda reader, _: Made(nn.ELU(reader.take("alpha", 1.0))),
    "selu": plain(nn.SELU),
    "gelu": plain(nn.GELU),
    "silu": plain(nn.SiLU),
    "softplus": softplus,
    "hard_sigmoid": plain(nn.Hardsigmoid),
    "identity": plain(nn.Identity),
    "softmax": plain(lambda: nn.Softmax(dim=1)),
    "log_softmax": plain(lambda: nn.LogSoftmax(dim=1)),
}


def make_layer(leaf, shape):
    """The layer for samples of this shape."""
    return build(LAYERS, "layer", leaf, shape)


def make_network(leaves, shape):
    """Layers in a row; names as in nnrun: "0.dense.weights"."""
    network = Made(nn.Sequential())
    for index, leaf in enumerate(leaves):
        made = make_layer(leaf, shape)
        shape = made.output(shape)
        network.module.append(made.module)
        prefix = f"{index}.{read_leaf(leaf)[0]}."
        for whole, part in ((network.parameters, made.parameters), (network.state, made.state),
                            (network.settings, made.settings)):
            whole.update({prefix + name: value for name, value in part.items()})
    return network

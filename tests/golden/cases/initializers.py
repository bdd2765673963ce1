"""Initializers: what large tensors that PyTorch draws look like, and the fans that it draws them for."""

import io

import numpy as np
import torch
from torch.nn import init

from torch_leaves import read_leaf

from . import Draw

SHAPES = [[400, 250], [128, 32, 5, 5]]  # dense weights, and a kernel [K, C, kh, kw]
SMALL = [[6, 4], [4, 6], [5, 2, 3, 2]]

# Leaf: what fills a tensor as it does.
CASES = [
    ("zeros", init.zeros_),
    ({"constant": {"value": 0.25}}, lambda t: init.constant_(t, 0.25)),
    ({"normal": {"stddev": 0.05}}, lambda t: init.normal_(t, 0, 0.05)),
    ({"normal": {"mean": 0.5, "stddev": 2}}, lambda t: init.normal_(t, 0.5, 2)),
    ({"uniform": {"low": -0.1, "high": 0.3}}, lambda t: init.uniform_(t, -0.1, 0.3)),
    ("glorot_normal", init.xavier_normal_),
    ("glorot_uniform", init.xavier_uniform_),
    ("he_normal", lambda t: init.kaiming_normal_(t, nonlinearity="relu")),
    ("he_uniform", lambda t: init.kaiming_uniform_(t, nonlinearity="relu")),
    # σ² = 1/fan in is He's with the gain of a linear layer, 1.
    ("lecun_normal", lambda t: init.kaiming_normal_(t, nonlinearity="linear")),
    ("lecun_uniform", lambda t: init.kaiming_uniform_(t, nonlinearity="linear")),
    ({"truncated_normal": {"stddev": 0.05}}, lambda t: init.trunc_normal_(t, 0, 0.05, -0.1, 0.1)),
    ({"truncated_normal": {"mean": 1, "stddev": 0.5}}, lambda t: init.trunc_normal_(t, 1, 0.5, 0, 2)),
]
BOUNDED = ("uniform", "glorot_uniform", "he_uniform", "lecun_uniform", "truncated_normal")


def measured(leaf, fill, shape):
    """Mean and deviation, and for what is bounded the bounds that are all but reached."""
    torch.manual_seed(1)
    tensor = fill(torch.empty(shape))
    fan_in, fan_out = init._calculate_fan_in_and_fan_out(tensor)
    made = {"yaml": leaf, "shape": shape, "fans": {"in": fan_in, "out": fan_out},
            "mean": rounded(tensor.mean()), "stddev": rounded(tensor.std(unbiased=False))}
    if read_leaf(leaf)[0] in BOUNDED:
        made.update({"smallest": rounded(tensor.min()), "largest": rounded(tensor.max())})
    return made


def rounded(value):
    """Six digits of what is random anyway."""
    return float(f"{value.item():.6g}")


def orthogonal(gain, shape):
    """The products of the shorter side's vectors of W [rows, rest]: gain² · identity."""
    torch.manual_seed(1)
    tensor = init.orthogonal_(torch.empty(shape), gain)
    matrix = tensor.reshape(shape[0], -1)
    by_rows = matrix.shape[0] <= matrix.shape[1]
    products = matrix @ matrix.T if by_rows else matrix.T @ matrix
    assert torch.allclose(products, gain**2 * torch.eye(len(products)))
    return {"yaml": {"orthogonal": {"gain": gain}} if gain != 1 else "orthogonal", "shape": shape,
            "orthogonal": "rows" if by_rows else "columns", "length": gain}


def from_file():
    """NumPy's own bytes of float32 [2, 3], and what is in them."""
    values = np.array(Draw("from_file").numbers(6), dtype="<f4").reshape(2, 3)
    file = io.BytesIO()
    np.lib.format.write_array(file, values, version=(1, 0))
    return {"yaml": {"from_file": {"file": "weights.npy"}}, "shape": [2, 3],
            "file": file.getvalue().hex(), "values": values.reshape(-1).tolist()}


def fans():
    """Fans of weights [K, …]: what PyTorch's initializers take them to be."""
    shapes = [({"dense": {"units": 7}}, [5], [7, 5]),
              ({"conv2d": {"channels": 6, "kernel": 3}}, [2, 8, 8], [6, 2, 3, 3]),
              ({"conv2d": {"channels": 4, "kernel": {"height": 2, "width": 5}}}, [3, 8, 8],
               [4, 3, 2, 5]),
              ({"conv2d": {"channels": 6, "kernel": 3, "groups": 2}}, [4, 8, 8], [6, 2, 3, 3])]
    for leaf, shape, weights in shapes:
        fan_in, fan_out = init._calculate_fan_in_and_fan_out(torch.empty(weights))
        yield {"yaml": leaf, "input": shape, "weights": weights, "fans": {"in": fan_in, "out": fan_out}}


def files():
    made = {}
    for leaf, fill in CASES:
        cases = [measured(leaf, fill, shape) for shape in SHAPES]
        made.setdefault(read_leaf(leaf)[0], []).extend(cases)
    made["orthogonal"] = [orthogonal(gain, shape) for gain in (1, 2.5) for shape in SMALL]
    made["from_file"] = [from_file()]
    made["fans"] = list(fans())
    yield from made.items()

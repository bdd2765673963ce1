"""The works in PyTorch, as its own documentation writes them: modules, autograd, SGD."""

import sys

import numpy as np
import torch
from torch import nn

import work as bench


def make_lenet():
    """configs/lenet.yaml, with PyTorch's own starting weights."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
        nn.Linear(84, 10))


def make_network(work):
    if work["hidden"] is None:
        return make_lenet()
    modules = []
    for weights in bench.starting_weights(work, np.float32):
        if modules:
            modules.append(nn.ReLU() if work["activation"] == "relu" else nn.Sigmoid())
        linear = nn.Linear(*weights.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(np.ascontiguousarray(weights.T)))
            linear.bias.zero_()
        modules.append(linear)
    return nn.Sequential(*modules)


def main():
    work = bench.WORKS[sys.argv[1]]
    arrays = bench.read_mnist(sys.argv[2], work, np.float32)
    train_x, train_y, validation_x, validation_y = (torch.from_numpy(a) for a in arrays)
    binary = work["classes"] == 1
    if binary:
        train_y, validation_y = train_y.float(), validation_y.float()
    network = make_network(work)
    convolutional = work["hidden"] is None
    if convolutional:
        train_x, validation_x = (x.reshape(-1, 1, 28, 28) for x in (train_x, validation_x))
    kind = torch.optim.Adam if convolutional else torch.optim.SGD
    optimizer = kind(network.parameters(), lr=work["rates"][-1])
    loss_of = nn.BCEWithLogitsLoss() if binary else nn.CrossEntropyLoss()

    def forward(x):
        return network(x).squeeze(1) if binary else network(x)

    def step(x, y):
        optimizer.zero_grad(set_to_none=True)
        z = forward(x)
        loss = loss_of(z, y)
        loss.backward()
        optimizer.step()
        return measured(z.detach(), y, loss.detach())

    def measured(z, y, loss):
        hits = ((z > 0) == (y > 0.5)) if binary else (z.argmax(1) == y)
        return loss, hits.float().mean()

    def epoch(_):
        if work["batch"] == 0:
            step(train_x, train_y)
        else:
            order = torch.randperm(len(train_x))
            for start in range(0, len(order), work["batch"]):
                chosen = order[start : start + work["batch"]]
                step(train_x[chosen], train_y[chosen])
        with torch.no_grad():
            z = forward(validation_x)
            loss, accuracy = measured(z, validation_y, loss_of(z, validation_y))
            return loss.item(), accuracy.item()

    milliseconds, validation = bench.timed(int(sys.argv[3]), epoch)
    bench.tell(milliseconds, 1, validation,
               f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads")


main()

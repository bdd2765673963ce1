"""The works in NumPy. VARIANT: float32 (default) or float64.

Full batches go through in blocks that stay in cache, into arrays made once: of the ways to write it in
NumPy, the fastest found.
"""

import sys

import numpy as np

import work as bench

BLOCK = 2000


class Network:
    def __init__(self, work, rate, dtype, rows):
        self.work, self.rate = work, dtype(rate)
        self.weights = bench.starting_weights(work, dtype)
        self.biases = [np.zeros(w.shape[1], dtype) for w in self.weights]
        self.gradients = [np.zeros_like(p) for p in self.weights + self.biases]
        self.outputs = [np.empty((rows, w.shape[1]), dtype) for w in self.weights]
        self.deltas = [np.empty((rows, w.shape[1]), dtype) for w in self.weights]
        self.products = [np.empty_like(w) for w in self.weights]

    def forward(self, x, labels):
        """Loss sum and hits; leaves the activations, probabilities last."""
        y = x
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = self.outputs[i][: len(x)]
            np.dot(y, w, out=z)
            z += b
            if i + 1 < len(self.weights):
                self.activate(z)
            y = z
        return self.binary_end(y, labels) if self.work["classes"] == 1 else self.end(y, labels)

    def activate(self, z):
        if self.work["activation"] == "relu":
            np.maximum(z, 0, out=z)
            return
        np.negative(z, out=z)
        np.exp(z, out=z)
        z += 1
        np.reciprocal(z, out=z)

    @staticmethod
    def end(z, labels):
        rows = np.arange(len(z))
        z -= z.max(axis=1, keepdims=True)
        hits = np.count_nonzero(z.argmax(axis=1) == labels)
        true_logits = z[rows, labels].sum(dtype=np.float64)
        np.exp(z, out=z)
        total = z.sum(axis=1, keepdims=True)
        z /= total
        return np.log(total).sum(dtype=np.float64) - true_logits, hits

    @staticmethod
    def binary_end(z, labels):
        column = z[:, 0]
        loss = np.logaddexp(0, column).sum(dtype=np.float64) - column[labels == 1].sum(dtype=np.float64)
        hits = np.count_nonzero((column > 0) == labels)
        np.negative(column, out=column)
        np.exp(column, out=column)
        column += 1
        np.reciprocal(column, out=column)
        return loss, hits

    def backward(self, x, labels):
        """Adds the gradient of the loss sum; spoils the activations."""
        count = len(self.weights)
        delta = self.outputs[-1][: len(x)]
        if self.work["classes"] == 1:
            delta[:, 0] -= labels
        else:
            delta[np.arange(len(x)), labels] -= 1
        for i in reversed(range(count)):
            y = self.outputs[i - 1][: len(x)] if i > 0 else x
            np.dot(y.T, delta, out=self.products[i])
            self.gradients[i] += self.products[i]
            self.gradients[count + i] += delta.sum(axis=0)
            if i == 0:
                break
            before = self.deltas[i - 1][: len(x)]
            np.dot(delta, self.weights[i].T, out=before)
            if self.work["activation"] == "relu":
                before *= y > 0
            else:
                before *= y
                np.subtract(1, y, out=y)
                before *= y
            delta = before

    def update(self, samples):
        for parameter, gradient in zip(self.weights + self.biases, self.gradients):
            gradient *= self.rate / gradient.dtype.type(samples)
            parameter -= gradient
            gradient.fill(0)


def train(network, x, labels, batch, order):
    for start in range(0, len(x), batch):
        chosen = order[start : start + batch]
        rows, wanted = x[chosen], labels[chosen]
        network.forward(rows, wanted)
        network.backward(rows, wanted)
        network.update(len(rows))


def sweep(network, x, labels, learn):
    loss, hits = 0.0, 0
    for start in range(0, len(x), BLOCK):
        rows, wanted = x[start : start + BLOCK], labels[start : start + BLOCK]
        block_loss, block_hits = network.forward(rows, wanted)
        loss += block_loss
        hits += block_hits
        if learn:
            network.backward(rows, wanted)
    return loss / len(x), hits / len(x)


def main():
    work = bench.WORKS[sys.argv[1]]
    dtype = np.float64 if "float64" in sys.argv[4:] else np.float32
    train_x, train_y, validation_x, validation_y = bench.read_mnist(sys.argv[2], work, dtype)
    network = Network(work, work["rates"][-1], dtype, BLOCK)
    shuffle = np.random.default_rng(2)

    def epoch(_):
        if work["batch"] > 0:
            train(network, train_x, train_y, work["batch"], shuffle.permutation(len(train_x)))
        else:
            sweep(network, train_x, train_y, learn=True)
            network.update(len(train_x))
        return sweep(network, validation_x, validation_y, learn=False)

    milliseconds, validation = bench.timed(int(sys.argv[3]), epoch)
    bench.tell(milliseconds, 1, validation, f"NumPy {np.__version__}")


main()

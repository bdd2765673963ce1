"""The works in JAX, compiled with jit. VARIANT: loop (default; one learning rate after the other) or
vmap (all learning rates of the work at once, the nearest thing to nnrun's lockstep)."""

import sys

import jax
import jax.numpy as jnp
import numpy as np

import work as bench


def main():
    work = bench.WORKS[sys.argv[1]]
    together = "vmap" in sys.argv[4:]
    train_x, train_y, validation_x, validation_y = bench.read_mnist(sys.argv[2], work, np.float32)
    binary = work["classes"] == 1

    def logits(parameters, x):
        for i, (w, b) in enumerate(parameters):
            x = x @ w + b
            if i + 1 < len(parameters):
                x = jax.nn.relu(x) if work["activation"] == "relu" else jax.nn.sigmoid(x)
        return x[:, 0] if binary else x

    def measures(parameters, x, y):
        z = logits(parameters, x)
        if binary:
            loss = (jnp.logaddexp(0, z) - y * z).mean()
            return loss, ((z > 0) == (y > 0)).mean()
        loss = (jax.nn.logsumexp(z, axis=1) - jnp.take_along_axis(z, y[:, None], axis=1)[:, 0]).mean()
        return loss, (z.argmax(axis=1) == y).mean()

    def step(parameters, rate, x, y):
        gradients = jax.grad(measures, has_aux=True)(parameters, x, y)[0]
        return jax.tree_util.tree_map(lambda p, g: p - rate * g, parameters, gradients)

    def epoch_of(parameters, rate, order):
        if work["batch"] == 0:
            parameters = step(parameters, rate, train_x, train_y)
        else:
            whole = len(order) // work["batch"] * work["batch"]
            batches = order[:whole].reshape(-1, work["batch"])
            parameters = jax.lax.scan(
                lambda p, chosen: (step(p, rate, train_x[chosen], train_y[chosen]), None),
                parameters, batches)[0]
            if whole < len(order):
                parameters = step(parameters, rate, train_x[order[whole:]], train_y[order[whole:]])
        return parameters, measures(parameters, validation_x, validation_y)

    train_x, train_y = jnp.asarray(train_x), jnp.asarray(train_y)
    validation_x, validation_y = jnp.asarray(validation_x), jnp.asarray(validation_y)
    start = [(jnp.asarray(w), jnp.zeros(w.shape[1], jnp.float32))
             for w in bench.starting_weights(work, np.float32)]
    rates = jnp.asarray(work["rates"], jnp.float32)
    shuffle = np.random.default_rng(2)
    if together:
        run = jax.jit(jax.vmap(epoch_of, in_axes=(0, 0, None)), donate_argnums=0)
        state = jax.tree_util.tree_map(lambda p: jnp.stack([p] * len(rates)), start)
    else:
        run = jax.jit(epoch_of, donate_argnums=0)
        state, rates = start, rates[-1]

    def epoch(_):
        nonlocal state
        state, (loss, accuracy) = run(state, rates, jnp.asarray(shuffle.permutation(bench.TRAINING)))
        return jnp.ravel(loss)[-1].item(), jnp.ravel(accuracy)[-1].item()

    milliseconds, validation = bench.timed(int(sys.argv[3]), epoch)
    bench.tell(milliseconds, rates.size if together else 1, validation, f"JAX {jax.__version__}")


main()

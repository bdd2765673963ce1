"""A run of an experiment in PyTorch, as nnrun's documents say it goes."""

import math

import torch

from . import Unknown, read_leaf
from .layers import make_layer, make_network
from .measures import Measures, Tally
from .optimizers import Optimizer
from .schedules import Schedule

BLOCK = 2000  # samples measured at once where nothing is trained


def refuse_chance(leaves):
    """Layers that draw random numbers in training cannot be compared."""
    for leaf in leaves:
        name, options = read_leaf(leaf)
        if name == "dropout" and options["rate"] > 0:
            raise Unknown("dropout draws random numbers, whose streams differ; try it without")
        if name == "residual":
            refuse_chance(options["layers"])


class Training:
    """Trains as `configuration` says, which is resolved and in file order, from given weights.

    Row e of `rows()` is the network after e epochs. Full batch: all columns are measured on the same
    weights, the train columns by the pass that makes the next update's gradient. Mini-batches: the train
    columns of a row are the means over the epoch's batches, each before its update; those of row 0 are of
    all training samples.
    """

    def __init__(self, configuration, train, validation, weights):
        self._train, self._validation = train, validation
        self._epochs = configuration["epochs"]
        batch = configuration["batch_size"]
        self._full = batch == "full"
        self._batch = len(train) if self._full else batch
        leaves = configuration["network"]
        refuse_chance(leaves)
        shape = list(train.x.shape[1:])
        self._body = make_network(leaves[:-1], shape)
        self._last = make_layer(leaves[-1], self._body.output(shape) if leaves[:-1] else shape)
        self._load(weights, f"{len(leaves) - 1}.{read_leaf(leaves[-1])[0]}.")
        self.measures = Measures({**configuration, "labels": configuration["dataset"]["labels"]},
                                 read_leaf(leaves[-1])[0])
        self._prepare_steps(configuration)

    def _load(self, weights, last_prefix):
        self._parameters = dict(self._body.parameters)
        self._settings = dict(self._body.settings)
        for whole, part in ((self._parameters, self._last.parameters),
                            (self._settings, self._last.settings)):
            whole.update({last_prefix + name: value for name, value in part.items()})
        if set(weights) != set(self._parameters):
            raise Unknown(f"parameters are {sorted(weights)} in nnrun and "
                          f"{sorted(self._parameters)} here")
        with torch.no_grad():
            for name, tensor in self._parameters.items():
                tensor.copy_(torch.from_numpy(weights[name]).reshape(tensor.shape))

    def _prepare_steps(self, configuration):
        """A group of the optimizer, with a schedule, for each rate that parameters are trained at."""
        updates = math.ceil(len(self._train) / self._batch)
        groups, self._schedules = [], []
        by_rate = {}
        for name, tensor in self._parameters.items():
            settings = self._settings[name]
            tensor.requires_grad_(not settings["frozen"])
            if not settings["frozen"]:
                rate = settings["learning_rate"] or configuration["learning_rate"]
                by_rate.setdefault(repr(rate), (rate, []))[1].append(tensor)
        for rate, tensors in by_rate.values():
            groups.append({"params": tensors})
            self._schedules.append(Schedule(rate, self._epochs, updates))
        self._schedule = Schedule(configuration["learning_rate"], self._epochs, updates)
        self._optimizer = Optimizer(configuration["optimizer"], groups,
                                    configuration.get("clip_gradient"))

    def _forward(self, samples):
        z = self._body.module(samples.x)
        return z, self._last.module(z)

    def _set_training(self, training):
        self._body.module.train(training)
        self._last.module.train(training)

    def _measured(self, samples):
        """The columns of samples that are not trained on."""
        self._set_training(False)
        tally = Tally(self.measures)
        with torch.no_grad():
            for start in range(0, len(samples), BLOCK):
                block = samples.part(start, start + BLOCK)
                tally.add(self.measures.of(*self._forward(block), block.labels), len(block))
        return tally.values()

    def _pass(self, samples, tally):
        """Forward and backward over a batch; adds what it measures."""
        self._set_training(True)
        self._optimizer.zero_grad()
        values = self.measures.of(*self._forward(samples), samples.labels)
        values["loss"].backward()
        tally.add(values, len(samples))

    def _step(self):
        self._optimizer.step([schedule.rate() for schedule in self._schedules])
        self._advance(by_update=True)

    def _advance(self, by_update, loss=math.nan):
        for schedule in (self._schedule, *self._schedules):
            if schedule.by_update == by_update:
                schedule.advance(loss)

    def _row(self, epoch, train, validation, rate):
        row = {"epoch": epoch, "learning_rate": rate}
        row.update({f"train_{name}": value for name, value in train.items()})
        row.update({f"validation_{name}": value for name, value in validation.items()})
        if epoch > 0:
            self._advance(by_update=False, loss=validation.get("loss", train["loss"]))
        return row

    def _full_batch_rows(self):
        rate = self._schedule.rate()
        for epoch in range(self._epochs + 1):
            # Before the pass, whose running means belong to the update that follows it.
            validation = self._measured(self._validation)
            tally = Tally(self.measures)
            self._pass(self._train, tally)
            yield self._row(epoch, tally.values(), validation, rate)
            if epoch < self._epochs:
                rate = self._schedule.rate()
                self._step()

    def _mini_batch_rows(self):
        yield self._row(0, self._measured(self._train), self._measured(self._validation),
                        self._schedule.rate())
        for epoch in range(1, self._epochs + 1):
            tally = Tally(self.measures)
            for start in range(0, len(self._train), self._batch):
                self._pass(self._train.part(start, start + self._batch), tally)
                rate = self._schedule.rate()
                self._step()
            yield self._row(epoch, tally.values(), self._measured(self._validation), rate)

    def rows(self):
        return self._full_batch_rows() if self._full else self._mini_batch_rows()

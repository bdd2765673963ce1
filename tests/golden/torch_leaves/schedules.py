"""Schedules of the learning rate."""

import math
import warnings

import torch
from torch.optim import lr_scheduler

from . import build, read_leaf


class Base:
    """An optimizer of nothing, for PyTorch's schedulers to set the rate of; `offset` is added to it."""

    def __init__(self, start, offset=0.0):
        self.torch = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=start)
        self.offset = offset

    def rate(self):
        return self.torch.param_groups[0]["lr"] + self.offset


def scheduled(kind, start, offset=0.0, **options):
    base = Base(start, offset)
    return base, kind(base.torch, **options)


def inverse_time(reader, _total):
    # Differs: PyTorch has no class for it.
    decay = reader.take("decay")
    return scheduled(lr_scheduler.LambdaLR, reader.take("from"),
                     lr_lambda=lambda t: 1 / (1 + decay * t))


def polynomial(reader, total):
    # Differs: PolynomialLR goes to 0; this one to `to`: PolynomialLR of the distance to it.
    end = reader.take("to", 0.0)
    return scheduled(lr_scheduler.PolynomialLR, reader.take("from") - end, end, total_iters=total,
                     power=reader.take("power", 1.0))


def one_cycle(reader, total):
    highest = reader.take("highest")
    start_divisor = reader.take("start_divisor", 25.0)
    return scheduled(lr_scheduler.OneCycleLR, highest, max_lr=highest, total_steps=total,
                     pct_start=reader.take("rise", 0.3), div_factor=start_divisor,
                     final_div_factor=reader.take("end_divisor", 1e4), cycle_momentum=False)


def reduce_on_plateau(reader, _total):
    # PyTorch's default of eps = 1e-8 is kept: a rate that would change by less stays.
    return scheduled(lr_scheduler.ReduceLROnPlateau, reader.take("from"),
                     factor=reader.take("factor", 0.1), patience=reader.take("patience", 10),
                     threshold=reader.take("threshold", 1e-4), cooldown=reader.take("cooldown", 0),
                     min_lr=reader.take("lowest", 0.0))


SCHEDULES = {
    "constant": lambda reader, _: scheduled(
        lr_scheduler.LambdaLR, reader.take("rate"), lr_lambda=lambda t: 1.0),
    "step": lambda reader, _: scheduled(
        lr_scheduler.StepLR, reader.take("from"), gamma=reader.take("factor", 0.1),
        step_size=reader.take("every")),
    "multi_step": lambda reader, _: scheduled(
        lr_scheduler.MultiStepLR, reader.take("from"), gamma=reader.take("factor", 0.1),
        milestones=reader.take("at")),
    "exponential": lambda reader, _: scheduled(
        lr_scheduler.ExponentialLR, reader.take("from"), gamma=reader.take("factor")),
    "inverse_time": inverse_time,
    "polynomial": polynomial,
    "cosine": lambda reader, total: scheduled(
        lr_scheduler.CosineAnnealingLR, reader.take("from"), eta_min=reader.take("to", 0.0),
        T_max=total),
    "one_cycle": one_cycle,
    "reduce_on_plateau": reduce_on_plateau,
}


class Schedule:
    """The rate of each epoch, or of each update with `by: update`.

    warm_up W: what SequentialLR makes of LinearLR and the schedule, with W as its milestone; the two are
    kept apart here because SequentialLR does not take ReduceLROnPlateau, which sees nothing of the
    losses until the warm-up is over.
    """

    def __init__(self, leaf, epochs, updates_of_epoch=1):
        if isinstance(leaf, (int, float)):
            leaf = {"constant": {"rate": leaf}}
        name, options = read_leaf(leaf)
        options = dict(options)
        by = options.pop("by", "update" if name == "one_cycle" else "epoch")
        self.by_update = by == "update"
        self._warm_up = options.pop("warm_up", 0)
        total = epochs * (updates_of_epoch if self.by_update else 1)
        self._base, self._scheduler = build(SCHEDULES, "schedule", {name: options},
                                            total - self._warm_up)
        self._takes_loss = name == "reduce_on_plateau"
        self._t = 0
        if self._warm_up:
            self._ramp, self._ramp_scheduler = scheduled(
                lr_scheduler.LinearLR, self._base.rate(), start_factor=1 / self._warm_up,
                end_factor=1.0, total_iters=self._warm_up - 1)

    def rate(self):
        return self._ramp.rate() if self._t < self._warm_up else self._base.rate()

    def advance(self, loss=math.nan):
        """To the next epoch or update; `loss`: what reduce_on_plateau looks at."""
        self._t += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "step() of the optimizer must come first"
            if self._t < self._warm_up:
                self._ramp_scheduler.step()
            elif self._t > self._warm_up:
                self._scheduler.step(*([loss] if self._takes_loss else []))

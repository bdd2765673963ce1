"""Schedules: the rates of 20 epochs, or of 20 updates."""

from torch_leaves.schedules import Schedule

from . import Draw

TOTAL = 20

CASES = {
    "constant": [{"rate": 0.3}],
    "step": [{"from": 0.8, "every": 6}, {"from": 0.8, "factor": 0.5, "every": 3},
             {"from": 0.8, "factor": 0.5, "every": 1}],
    "multi_step": [{"from": 0.8, "at": [5, 12]}, {"from": 0.8, "factor": 0.5, "at": [1, 2, 19]}],
    "exponential": [{"from": 0.8, "factor": 0.9}],
    "inverse_time": [{"from": 0.8, "decay": 0.5}],
    "polynomial": [{"from": 0.8}, {"from": 0.8, "to": 0.1, "power": 2},
                   {"from": 0.8, "to": 0.1, "power": 0.5}],
    "cosine": [{"from": 0.8}, {"from": 1.0, "to": 0.01}],
    "one_cycle": [{"highest": 0.8}, {"highest": 0.8, "start_divisor": 10, "end_divisor": 100,
                                     "rise": 0.45}],
    "reduce_on_plateau": [
        {"from": 0.8, "patience": 2},
        {"from": 0.8, "factor": 0.5, "patience": 1, "threshold": 0.05, "cooldown": 2},
        {"from": 0.8, "factor": 0.5, "patience": 0, "lowest": 0.15},
    ],
}
WARM_UPS = (1, 4)


def losses(leaf):
    """Of the epochs: they fall, stay for a while and rise now and then."""
    falling = [max(1.0, 2.0 - n / 8) for n in range(TOTAL - 1)]
    return [value + max(0, bump) / 16
            for value, bump in zip(falling, Draw(str(leaf)).numbers(TOTAL - 1))]


def case(name, options):
    leaf = {name: options}
    schedule = Schedule(leaf, TOTAL)
    seen = losses(leaf) if name == "reduce_on_plateau" else None
    rates = []
    for t in range(TOTAL):
        rates.append(schedule.rate())
        schedule.advance(seen[t] if seen and t < len(seen) else 0.0)
    # losses[t] is known when epoch t is over: rates[t] follows from losses[0 … t − 1].
    return {"yaml": leaf, "total": TOTAL, **({"losses": seen} if seen else {}), "rates": rates}


def files():
    for name, variants in CASES.items():
        made = [case(name, options) for options in variants]
        made += [case(name, {**variants[0], "warm_up": steps}) for steps in WARM_UPS]
        yield name, made

"""The cases of the golden files, one module a kind; `files()` of each gives name -> cases."""

import random


class Draw:
    """Numbers drawn under a name: odd multiples of 1/128 in (-2, 2).

    They are exact in single and in double precision, so that nnrun and PyTorch start from the same;
    none is 0, where activations have kinks, and no two in one array are equal, so that a maximum is one.
    """

    def __init__(self, name):
        self._random = random.Random(name)

    def numbers(self, count):
        odd = range(-255, 256, 2)
        if count > len(odd):
            return self._random.choices([n / 128 for n in odd], k=count)
        return [n / 128 for n in self._random.sample(odd, count)]

    def whole(self, count, below):
        return [self._random.randrange(below) for _ in range(count)]

    def shuffled(self, items):
        items = list(items)
        self._random.shuffle(items)
        return items


def flat(tensor):
    """The elements in C order."""
    return tensor.detach().reshape(-1).tolist()

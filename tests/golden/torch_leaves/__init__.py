"""nnrun's leaves built of PyTorch's own classes.

What make_golden computes its files with and tools/parity trains with. A leaf is given as YAML reads it:
a name, or a mapping of one name to its options. Where PyTorch has no class of nnrun's definition it is
built here from tensors and autograd, and a comment that begins "Differs:" says in what.
"""


def read_leaf(leaf):
    """The name and the options of a leaf."""
    if isinstance(leaf, str):
        return leaf, {}
    if isinstance(leaf, dict) and len(leaf) == 1:
        (name, options), = leaf.items()
        return name, {} if options is None else options
    raise Unknown(f"expected a name, or a name with options; got {leaf!r}")


class Unknown(Exception):
    """A leaf, or an option of one, that is not built here."""


class Reader:
    """The options of a leaf; one that nobody asked for is an error, as in nnrun."""

    def __init__(self, leaf):
        self.name, options = read_leaf(leaf)
        self._options = dict(options)

    def take(self, key, default=None):
        return self._options.pop(key, default)

    def finish(self):
        if self._options:
            raise Unknown(f"{self.name}: unknown here: {', '.join(self._options)}")


def build(table, kind, leaf, *arguments):
    """The leaf as its builder in `table` makes it of a Reader."""
    reader = Reader(leaf)
    if reader.name not in table:
        raise Unknown(f"unknown here: {kind} '{reader.name}'")
    made = table[reader.name](reader, *arguments)
    reader.finish()
    return made

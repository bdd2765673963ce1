"""What became of the points that were tried."""

import collections
import sys

COLUMNS = ("fault", "points tried", "survived", "lost")


class Tally:
    """Counts by fault; a point that is lost is told on standard error at once."""

    def __init__(self):
        self._tried = collections.Counter()
        self._lost = collections.Counter()

    def add(self, point, problem, points=1):
        """`problem`: nothing where the point was survived, None where it was not reached."""
        if problem is None:
            return
        self._tried[point.group()] += points
        if problem:
            self._lost[point.group()] += 1
            print(f"LOST: {point}: {problem}", file=sys.stderr, flush=True)

    def add_counts(self, lines):
        """What another process printed as counts."""
        for line in lines.splitlines():
            fault, tried, _, lost = line.split("\t")
            self._tried[fault] += int(tried)
            self._lost[fault] += int(lost)

    def tried(self):
        return self._tried.total()

    def lost(self):
        return self._lost.total()

    def rows(self):
        return [(fault, tried, tried - self._lost[fault], self._lost[fault])
                for fault, tried in sorted(self._tried.items())]

    def counts(self):
        return "\n".join("\t".join(map(str, row)) for row in self.rows())

    def table(self):
        total = ("all", self._tried.total(), self._tried.total() - self.lost(), self.lost())
        rows = [COLUMNS, *self.rows(), total]
        wide = max(len(row[0]) for row in rows)
        return "\n".join(f"{row[0]:<{wide}}" + "".join(f"{cell:>14}" for cell in row[1:])
                         for row in rows)


def main():
    """The table of the counts on standard input."""
    tally = Tally()
    tally.add_counts(sys.stdin.read())
    print(tally.table())
    sys.exit(1 if tally.lost() else 0)


if __name__ == "__main__":
    main()

"""What became of the points that were tried."""

import argparse
import collections
import concurrent.futures
import queue
import sys

from stage import Hangs

EVERY = 1000  # points: how far it is, told
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


class Crew:
    """Folders in which points are tried side by side."""

    def __init__(self, folder, jobs):
        self._jobs = jobs
        self._folders = queue.Queue()
        for job in range(jobs):
            self._folders.put(folder / f"job{job}")

    def attempt_all(self, points):
        """Tries pairs of a scene and a point of it."""
        tally = Tally()
        with concurrent.futures.ThreadPoolExecutor(self._jobs) as pool:
            attempts = [pool.submit(self._attempt, scene, point) for scene, point in points]
            try:
                for done, attempt in enumerate(concurrent.futures.as_completed(attempts), 1):
                    tally.add(*attempt.result())
                    if done % EVERY == 0:
                        print(f"{done} of {len(attempts)} points, {tally.lost()} lost",
                              file=sys.stderr, flush=True)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return tally

    def _attempt(self, scene, point):
        folder = self._folders.get()
        try:
            return point, scene.attempt(folder, point)
        except Hangs as hangs:
            return point, str(hangs)
        finally:
            self._folders.put(folder)


def spread(points, count):
    """`count` of the points, as far from each other as they can be."""
    if not count or count >= len(points):
        return points
    return [points[index * len(points) // count] for index in range(count)]


def parser(text):
    """The options that every script has."""
    options = argparse.ArgumentParser(description=text, usage=argparse.SUPPRESS,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--counts", action="store_true")
    return options


def conclude(tally, as_counts):
    print(tally.counts() if as_counts else tally.table())
    sys.exit(1 if tally.lost() else 0)


def main():
    """The table of the counts on standard input."""
    tally = Tally()
    tally.add_counts(sys.stdin.read())
    conclude(tally, as_counts=False)


if __name__ == "__main__":
    main()

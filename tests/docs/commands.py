"""Runs the command blocks of Markdown files, one after the other, and holds what they show against what comes out.

Usage: commands.py FILE.md...      paths from the root of the repository; NNRUN_BINARY is nnrun

A block of ```yaml that begins with a comment "# FILE.yaml" is written to that file. A block of ```sh is commands; of ```console, lines that begin with "$ " are, and what follows each is what it shows on
both streams: numbers may be others, a line of … stands for any lines, and … within a line for anything. Every command
must end with 0, or with the status that a comment names: "# exit status 3". All run in one copy of the tracked files,
with build/nnrun in it. Scripts of tools/ build, install or take long: they are asked for their --help. Of the search,
which takes a quarter of an hour, the files are checked.
Exit status: 0 all as written · 1 not · 77 MNIST is not here, or nnrun has sanitizers
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
SECONDS = 500  # after which a command counts as hanging
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w./-]+\.yaml)\n")
NUMBER = re.compile(r"[-−]?\d+(\.\d+)?(e[-+]?\d+)?")
SEARCH = re.compile(r"^(build/nnrun) (?:verify )?(experiments/search/)")
STATUS = re.compile(r"# exit status (\d+)")
NOT_RUN = ("tools/", "cmake", "ctest", "sudo")


def blocks(text):
    """The commands of a file with the lines that each shows, or None where it does not say."""
    for language, body in FENCE.findall(text):
        file = FILE.match(body)
        if language == "yaml" and file:
            yield f"cat >{file[1]} <<'END'\n{body}END", None
        elif language == "sh":
            yield from ((line, None) for line in whole_commands(body) if line)
        elif language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                yield command, shown.splitlines()


def whole_commands(body):
    """Lines, with those that a backslash continues; without comments."""
    joined = body.replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if not line.lstrip().startswith("#")]


def pattern_of(line):
    """What a shown line may be: other numbers, other blanks."""
    parts = []
    for piece in re.split("(…)", line.rstrip()):
        if piece == "…":
            parts.append(".*")
            continue
        words = [NUMBER.sub("\0", word) for word in re.split(r"\s+", piece)]
        parts.append(r"\s+".join(re.escape(word).replace("\0", NUMBER.pattern.replace("(", "(?:"))
                                 for word in words))
    return "".join(parts)


def shows(output, expected):
    """Whether the output is as it is shown."""
    text = "\n".join(line.rstrip() for line in output.splitlines())
    pattern = ""
    for line in expected:
        pattern += "(?:.*\n)*?" if line.strip() == "…" else pattern_of(line) + "\n"
    return re.fullmatch(pattern, text + "\n" if text else "") is not None


class Copy:
    """The tracked files in a folder of their own."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        tracked = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                 cwd=ROOT, check=True, capture_output=True).stdout
        for name in filter(None, tracked.decode().split("\0")):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name, follow_symlinks=False)
        if (ROOT / "data").is_dir():
            (self.folder / "data").symlink_to(ROOT / "data")
        (self.folder / "build").mkdir()
        (self.folder / "build/nnrun").symlink_to(os.environ["NNRUN_BINARY"])

    def run(self, command):
        """Its exit status and what it wrote."""
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, check=False, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=SECONDS)
        return done.returncode, done.stdout


def problem_of(copy, command, shown):
    """What is wrong with a command, or nothing."""
    program = command.split(maxsplit=1)[0]
    if program.startswith(NOT_RUN):
        return problem_of_script(copy, program)
    command = SEARCH.sub(r"\1 check \2", command)
    status = STATUS.search(command)
    expected = int(status[1]) if status else 0
    found, output = copy.run(command)
    if found != expected:
        return f"exit status {found}, expected {expected}:\n{output}"
    if shown is not None and not shows(output, shown):
        return "shows something else:\n" + output
    return ""


def problem_of_script(copy, program):
    if not program.startswith("tools/"):
        return ""
    status, output = copy.run(f"{program} --help")
    return "" if status == 0 else f"--help: exit status {status}:\n{output}"


def check(copy, name):
    """The number of commands of a file that do not do what it says."""
    failed = 0
    for command, shown in blocks((ROOT / name).read_text(encoding="utf-8")):
        problem = problem_of(copy, command, shown)
        print(f"{name}: $ {command}" + (f"\nFAILED: {problem}" if problem else ""), flush=True)
        failed += bool(problem)
    return failed


def why_skipped():
    if b"__asan_init" in pathlib.Path(os.environ["NNRUN_BINARY"]).read_bytes():
        return "a build with sanitizers takes too long"
    found = subprocess.run([os.environ["NNRUN_BINARY"], "doctor"], check=True, capture_output=True, text=True)
    return "" if "mnist: found and checked" in found.stdout.replace("fashion_mnist", "") else "MNIST is not here"


def main():
    why = why_skipped()
    if why:
        print(f"skipped: {why}")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(folder)
        failed = sum(check(copy, name) for name in sys.argv[1:])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

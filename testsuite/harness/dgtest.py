# SPDX-License-Identifier: GPL-2.0-or-later
"""Carry out one test and give DejaGnu's results for it.

The order of the steps and the wording of the results are those of dg-test in
DejaGnu's dg.exp; harness/test_compare.py holds the two against each other.
"""
import dataclasses
import fnmatch
import pathlib
import re
import shutil
import tempfile

from . import process, tclregex
from .sites import sites
from .tcl import elements
from .toolchain import PLAIN

SUFFIX = {"preprocess": ".i", "compile": ".s", "assemble": ".o", "link": ".exe", "run": ".exe"}
MODE = {"preprocess": ["-E"], "compile": ["-S"], "assemble": ["-c"], "link": [], "run": []}

# Lines that go with a message and are none themselves; also in staticcall-dg-prune.
PRUNE = [
    r"[^\n]*: (In|At) (function|top level|global scope|(static )?member|lambda|instantiation)[^\n]*",
    r"[^\n]*: +required from [^\n]*",
    r"[^\n]*: in function [^\n]*:",
    r"In file included from [^\n]*",
    r" +from [^\n]*",
    r"[^\n]*: (all|some) warnings being treated as errors",
    r"compilation terminated\.",
    r"collect2: error: ld returned [^\n]*",
]


@dataclasses.dataclass
class Result:
    status: str             # PASS, FAIL, XPASS, XFAIL, UNRESOLVED, UNSUPPORTED
    name: str

    def __str__(self):
        return f"{self.status}: {self.name}"


def planned(test):
    """The names of the results that a test gives if nothing goes wrong."""
    if test.error:
        return [f"{test.name} (directives)"]
    if not test.supported:
        return [test.name]
    whats = [message.what for message in test.messages] + ["(test for excess errors)"]
    if test.action == "run":
        whats.append("execution test")
        if test.output is not None:
            whats.append("output pattern test")
    whats += [scan.what for scan in test.scans]
    return list(dict.fromkeys(f"{test.name} {what}" for what in whats))


class Run:
    """One run of a test: its results and what a reader of a failure must see."""

    def __init__(self, test):
        self.test = test
        self.results = []
        self.log = []
        if test.error:
            self.log.append(f"{test.path}: {test.error}")
            self._add("UNRESOLVED", "(directives)")
        elif not test.supported:
            self.results.append(Result("UNSUPPORTED", test.name))
        else:
            with tempfile.TemporaryDirectory(prefix="staticcall-dg-") as self.cwd:
                self._all()

    def _add(self, status, what, xfail=False):
        if xfail:
            status = {"PASS": "XPASS", "FAIL": "XFAIL"}.get(status, status)
        self.results.append(Result(status, f"{self.test.name} {what}"))

    def _check(self, good, what, xfail=False, why=None):
        self._add("PASS" if good else "FAIL", what, xfail)
        if not good and why:
            self.log.append(f"{what}: {why}")

    def _all(self):
        test = self.test
        text = self._messages(self._compile())
        excess = prune(text)
        self._check(not excess, "(test for excess errors)", test.excess_xfail,
                    f"excess errors:\n{excess}")
        if test.action == "run":
            self._execute()
        for scan in test.scans:
            self._scan(scan)

    def _compile(self):
        test, tools = self.test, self.test.toolchain
        self.product = pathlib.Path(self.cwd, test.path.stem + SUFFIX[test.action])
        for name in test.files:
            shutil.copy(test.path.parent / name, self.cwd)
        sources = [str(test.path)]
        for name in test.sources:
            # g++ would take a C file for C++.
            language = ["-x", "c"] if test.path.suffix == ".C" and name.endswith(".c") else []
            sources += [*language, str(test.path.parent / name), *(language and ["-x", "none"])]
        flags = [*PLAIN, *tools.compile_flags, *elements(test.flags), *test.options,
                 *MODE[test.action]]
        if test.action in ("link", "run"):
            flags += tools.link_flags
        done = process.run([*tools.compiler_of(test.path), *sources, *flags,
                            "-o", self.product.name], self.cwd, test.timeout)
        self.log.append(done.log)
        if done.timed_out:
            # The compiler proper may have begun it after the driver had removed it.
            self.product.unlink(missing_ok=True)
        # Two kinds of noise that DejaGnu's prune_warnings removes as well.
        output = re.sub(r"(^|\n)[^\n]*(linker input file unused since linking not done"
                        r"|is dangerous)[^\n]*", "", done.output).lstrip("\n")
        if done.status and not output:
            output = f"exit status is {done.status}"
        return output

    def _messages(self, text):
        """Take each expected message out of the compiler's output."""
        for message in self.test.messages:
            text, found = tclregex.compile(message.regexp).subn("\n", text)
            if found:
                text = text.lstrip()
            if message.kind == "bogus messages":
                self._check(not found, message.what, message.xfail)
            else:
                self._check(found, message.what, message.xfail,
                            f"no such message: {message.pattern!r}")
        return text

    def _execute(self):
        test = self.test
        if not self.product.exists():
            self._add("UNRESOLVED", "compilation failed to produce executable")
            return
        done = test.toolchain.execute(self.product, self.cwd, test.timeout)
        self.log.append(done.log)
        good = not done.status and not done.timed_out
        self._check(good, "execution test", test.run_xfail)
        if good and test.output is not None:
            self._check(tclregex.compile(test.output).search(done.output), "output pattern test",
                        test.output_xfail,
                        f"output was:\n{done.output}\nshould match:\n{test.output}")

    def _scan(self, scan):
        verdict = getattr(self, scan.command.replace("-", "_"))(*scan.args)
        if isinstance(verdict, str):
            self.log.append(f"{scan.what}: {verdict}")
            self._add("UNRESOLVED", scan.what)
        else:
            good, why = verdict
            self._check(good, scan.what, scan.xfail, why)

    # What dg-final may ask for.  Each gives (verdict, why not), or why it cannot tell.

    def _read(self, name):
        """A file that the compilation left; with -save-temps GCC picks the prefix."""
        found = sorted(pathlib.Path(self.cwd).glob("*" + glob_escape(name)))
        return found[0].read_text("utf-8", "replace") if found else None

    def _count(self, name, pattern):
        text = self._read(name)
        if text is None:
            return None
        return sum(1 for _ in tclregex.compile(pattern).finditer(text))

    def _assembly(self):
        return self.test.path.stem + ".s"

    def scan_assembler_times(self, pattern, times):
        found = self._count(self._assembly(), pattern)
        if found is None:
            return "no assembly: needs dg-do compile or -save-temps"
        return found == int(times), f"found {found} times"

    def scan_assembler(self, pattern):
        return self.scan_file(self._assembly(), pattern)

    def scan_assembler_not(self, pattern):
        return self.scan_file_not(self._assembly(), pattern)

    def scan_file(self, name, pattern):
        found = self._count(name, pattern)
        if found is None:
            return f"no file {name}"
        return found > 0, "not found"

    def scan_file_not(self, name, pattern):
        found = self._count(name, pattern)
        if found is None:
            return f"no file {name}"
        return found == 0, f"found {found} times"

    def scan_static_call_sites(self, number, key="*"):
        if not self.product.exists():
            return "the compilation gave no output file"
        try:
            names = sites(self.product)
        except ValueError as err:
            return str(err)
        found = [name for name in names if fnmatch.fnmatchcase(name, key)]
        why = f"found {len(found)}; all keys: {' '.join(names) or 'none'}"
        return len(found) == int(number), why


def glob_escape(name):
    return re.sub(r"([*?[])", r"[\1]", name)


def prune(text):
    """What remains of the compiler's output as an error in excess."""
    for line in PRUNE:
        text = re.sub(rf"(^|\n){line}(?=\n|$)", "", text)
    return re.sub(r"\n+", "\n", text).strip("\n")

# SPDX-License-Identifier: GPL-2.0-or-later
"""The directives of one test file, read as DejaGnu's dg.exp reads them.

Every directive is one function of the class Test named after it, as in dg.exp
and lib/staticcall.exp there is one procedure for each.  They run in the order
in which they stand in the file.
"""
import dataclasses
import inspect
import re

from . import tclregex
from .tcl import TclError, commands, elements
from .tclregex import RegexError
from .toolchain import TIMEOUT, SelectorError

ACTIONS = ("preprocess", "compile", "assemble", "link", "run")
OPTION_SETS = ("-O0", "-O1", "-O2", "-O3", "-Os")

# One directive a line, from its brace to the line's last closing one.
LINE = re.compile(r"\{[ \t]+(dg-[-a-z]+)[ \t]+(.*)[ \t]+\}")


class DirectiveError(Exception):
    """A directive that cannot be carried out."""


def is_test(path):
    """Is this file a test of its own, not the second source of another?"""
    return path.suffix in (".c", ".C") and not re.search(r"-aux\d*$", path.stem)


@dataclasses.dataclass
class Message:
    kind: str               # "errors", "warnings" or "bogus messages"
    line: str               # "" for any
    pattern: str
    comment: str
    xfail: bool

    @property
    def what(self):
        return f"{self.comment} (test for {self.kind}, line {self.line})"

    @property
    def regexp(self):
        """Lines of compiler output that are this message: like dg-test's own."""
        where = rf"\.[a-zA-Z]+:{self.line}:([0-9]+:)?" if self.line else ""
        return rf"(^|\n)([^\n]+{where}[^\n]*({self.pattern})[^\n]*\n?)+"


@dataclasses.dataclass
class Scan:
    command: str
    args: list
    xfail: bool

    @property
    def what(self):
        return " ".join([self.command, *map(printable, self.args)])


def printable(text):
    """A pattern as it stands in a result's name."""
    for char, shown in (("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), ("\f", "\\f"), ("\v", "\\v"),
                        ("\a", "\\a"), ("\b", "\\b")):
        text = text.replace(char, shown)
    return text


class Test:
    """One file with one set of options."""

    # Arguments, without the selector, of what dg-final may say.
    SCANS = {"scan-assembler": (1, 1), "scan-assembler-not": (1, 1), "scan-assembler-times": (2, 2),
             "scan-file": (2, 2), "scan-file-not": (2, 2), "scan-static-call-sites": (1, 2)}
    PATTERNS = {"scan-assembler": 0, "scan-assembler-not": 0, "scan-assembler-times": 0,
                "scan-file": 1, "scan-file-not": 1}
    COUNTED = {"scan-assembler-times": 1, "scan-static-call-sites": 0}

    def __init__(self, path, name, flags, toolchain):
        self.path = path
        self.flags = flags
        self.name = f"{name} {flags}" if flags else name
        self.toolchain = toolchain
        self.action, self.selected, self.run_xfail = "compile", "", False
        self.options = []
        self.sources, self.files = [], []
        self.timeout = TIMEOUT
        self.messages = []
        self.excess_xfail = False
        self.output, self.output_xfail = None, False
        self.scans = []
        self.error = None
        if path.suffix == ".C" and not toolchain.has_gxx:
            self.selected = "N"
            return
        try:
            self._read()
        except (DirectiveError, SelectorError, TclError, RegexError, ValueError) as err:
            self.error = str(err)

    @property
    def supported(self):
        return self.selected != "N"

    def _read(self):
        text = self.path.read_text("utf-8", "surrogateescape")
        for number, line in enumerate(text.split("\n"), 1):
            found = LINE.search(line)
            if not found:
                continue
            here = f"line {number}: {found.group(1)}"
            try:
                # As dg-get-options and dg-test do: a list of lists, each a command.
                directive = elements(f"{{ {found.group(1)} {number} {found.group(2)} }}")
                if len(directive) != 1:
                    raise DirectiveError("two directives in one line")
                for name, _, *args in commands(directive[0]):
                    self._carry_out(name, number, args)
            except (TclError, SelectorError, DirectiveError, RegexError, ValueError) as err:
                raise DirectiveError(f"{here}: {err}") from None

    def _carry_out(self, name, number, args):
        handler = getattr(self, name.replace("-", "_"), None)
        if not handler:
            raise DirectiveError("unknown dg option")
        try:
            inspect.signature(handler).bind(number, *args)
        except TypeError:
            raise DirectiveError("wrong number of arguments") from None
        handler(number, *args)

    def _select(self, selector):
        """What a selector says: S or N for a target, F or P for an xfail."""
        words = elements(selector)
        if not words or words[0] not in ("target", "xfail"):
            raise SelectorError(f"syntax error in target selector {selector!r}")
        if "xfail" in words:
            at = words.index("xfail")
            if at and not self.toolchain.selects(words[1:at]):
                return "N"
            return "F" if self.toolchain.selects(words[at + 1:]) else "P"
        return "S" if self.toolchain.selects(words[1:]) else "N"

    def _selected(self, selector):
        """A selector where only a target makes sense."""
        if len(selector) > 1:
            raise DirectiveError("too many arguments")
        found = self._select(selector[0]) if selector else "S"
        if found in "FP":
            raise SelectorError("`xfail' not allowed here")
        return found == "S"

    # The directives.

    def dg_do(self, _, action, selector=None):
        if action not in ACTIONS:
            raise DirectiveError("syntax error")
        if selector is None:
            self.action, self.selected, self.run_xfail = action, "S", False
            return
        found = self._select(selector)
        if found == "F":
            self.run_xfail = True
        elif found == "S" or (found == "N" and self.selected != "S"):
            self.selected = found
        elif found == "N":
            action = self.action
        self.action = action

    def dg_options(self, _, options, *selector):
        if self._selected(selector):
            self.options = elements(options)

    def dg_additional_options(self, _, options, *selector):
        if self._selected(selector):
            self.options = self.options + elements(options)

    def dg_additional_sources(self, _, sources):
        self.sources = elements(sources)

    def dg_additional_files(self, _, files):
        self.files = elements(files)
        for name in self.files:
            if not (self.path.parent / name).is_file():
                raise DirectiveError(f"no file {name!r}")

    def dg_timeout(self, _, seconds, *selector):
        if self._selected(selector):
            self.timeout = int(seconds)

    def dg_require_effective_target(self, _, keyword, *selector):
        supported = self.toolchain.supports(keyword)
        if supported is None:
            raise SelectorError(f"unknown effective target {keyword!r}: "
                                "no such file in lib/effective-target")
        if self._selected(selector) and not supported:
            self.selected, self.run_xfail = "N", False

    def _message(self, kind, prefix, number, pattern, comment="", selector=None, line="."):
        found = self._select(selector) if selector is not None else "S"
        if found == "N":
            return
        relative = re.fullmatch(r"\.([-+]\d+)", line)
        if line == ".":
            line = str(number)
        elif relative:
            line = str(number + int(relative.group(1)))
        elif line == "0":
            line = ""
        elif not re.fullmatch(r"\d+", line):
            raise DirectiveError(f"bad line number {line!r}")
        if prefix:
            pattern = rf"{prefix}[^\n]*(?:{pattern})"
        tclregex.compile(pattern)
        self.messages.append(Message(kind, line, pattern, comment, found == "F"))

    def dg_error(self, *args):
        self._message("errors", "error:", *args)

    def dg_warning(self, *args):
        self._message("warnings", "warning:", *args)

    def dg_message(self, *args):
        self._message("warnings", "", *args)

    def dg_bogus(self, *args):
        self._message("bogus messages", "", *args)

    def dg_excess_errors(self, _, comment, selector=None):
        if selector is None or self._select(selector) in "FS":
            self.excess_xfail = True

    def dg_output(self, _, pattern, selector=None):
        found = self._select(selector) if selector is not None else "S"
        if found == "N":
            return
        if found == "F":
            self.output_xfail = True
        self.output = (self.output or "") + pattern
        tclregex.compile(self.output)

    def dg_final(self, _, script):
        for command, *args in commands(re.sub(r"\\([{}])", r"\1", script)):
            if command not in self.SCANS:
                raise DirectiveError(f"unknown command {command!r}")
            least, most = self.SCANS[command]
            xfail = False
            if len(args) > least and re.match(r"\s*(target|xfail)\s", args[-1]):
                found = self._select(args.pop())
                if found == "N":
                    continue
                xfail = found == "F"
            if not least <= len(args) <= most:
                raise DirectiveError(f"wrong number of arguments for {command}")
            if command in self.COUNTED:
                int(args[self.COUNTED[command]])
            if command in self.PATTERNS:
                tclregex.compile(args[self.PATTERNS[command]])
            self.scans.append(Scan(command, args, xfail))

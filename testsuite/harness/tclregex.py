# SPDX-License-Identifier: GPL-2.0-or-later
"""Tcl's advanced regular expressions (re_syntax(n)), written as Python's.

The two differ where it hurts in a testsuite: in Tcl "." and "[^x]" match a
newline and "$" matches at the very end only; \\m \\M \\y are word limits, and \\B
is a backslash.  What Tcl does not know (lookbehind, possessive quantifiers) is
refused.

One difference remains: Tcl finds the longest match, Python the first
alternative's.  It shows only where the *number* of matches of an expression
with alternatives depends on their lengths.
"""
import functools
import re


class RegexError(Exception):
    """Not a regular expression of Tcl, or not one that can be translated."""


CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": " \\t", "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9", "graph": "!-~", "lower": "a-z", "print": " -~",
    "punct": "!-/:-@\\[-`{-~", "space": " \\t\\n\\r\\f\\v", "upper": "A-Z", "xdigit": "0-9a-fA-F",
}
SHORTHANDS = {"d": "0-9", "s": " \\t\\n\\r\\f\\v", "w": "a-zA-Z0-9_"}
CONSTRAINTS = {"A": r"\A", "Z": r"\Z", "m": r"\b(?=\w)", "M": r"\b(?<=\w)", "y": r"\b", "Y": r"\B"}
CONTROLS = {"a": 7, "b": 8, "e": 27, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "B": 92}


@functools.lru_cache(maxsize=None)
def compile(pattern):
    """A Python regular expression that matches what Tcl's `regexp` matches."""
    translated, flags = _Translation(pattern).result()
    try:
        return re.compile(translated, flags)
    except (re.error, OverflowError) as err:
        raise RegexError(f"cannot compile the regular expression {pattern!r}: {err}") from None


class _Translation:
    def __init__(self, pattern):
        self.text = pattern
        self.pos = 0
        self.out = []
        self.flags = re.ASCII
        self.dot = "(?s:.)"
        self.complement = ""
        self.start, self.end = r"\A", r"\Z"
        self.atom = False       # may a quantifier follow?
        self.groups = []        # those open: may a quantifier follow each?

    def fail(self, why):
        raise RegexError(f"{why} in the regular expression {self.text!r}")

    def result(self):
        if self.text.startswith("***="):
            return re.escape(self.text[4:]), self.flags
        if self.text.startswith("***:"):
            self.pos = 4
        self.options()
        while self.pos < len(self.text):
            self.step()
        return "".join(self.out), self.flags

    def options(self):
        """Embedded options, which only the start of an expression may have."""
        found = re.compile(r"\(\?([a-z]+)\)").match(self.text, self.pos)
        if not found:
            return
        self.pos = found.end()
        for letter in found.group(1):
            if letter == "i":
                self.flags |= re.IGNORECASE
            elif letter in "npw":
                if letter in "np":
                    self.dot, self.complement = "[^\\n]", "\\n"
                if letter in "nw":
                    self.start, self.end = "(?m:^)", "(?m:$)"
            elif letter != "s":
                self.fail(f"embedded option {letter!r} is not supported")

    def emit(self, text, atom):
        self.out.append(text)
        self.atom = atom

    def step(self):
        char = self.text[self.pos]
        if char in "*+?" or (char == "{" and self.text[self.pos + 1:self.pos + 2].isdigit()):
            self.quantifier()
        elif char == "\\":
            self.escape()
        elif char == "[":
            self.bracket()
        elif char == "(":
            self.group()
        else:
            self.pos += 1
            if char == ")":
                self.emit(char, self.groups.pop() if self.groups else True)
            elif char == "|":
                self.emit(char, False)
            elif char == ".":
                self.emit(self.dot, True)
            elif char == "^":
                self.emit(self.start, False)
            elif char == "$":
                self.emit(self.end, False)
            else:
                self.emit(re.escape(char), True)

    def quantifier(self):
        found = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??").match(self.text, self.pos)
        if not found or not self.atom:
            self.fail("a quantifier has nothing to repeat or is malformed")
        self.pos = found.end()
        self.emit(found.group(), False)

    def group(self):
        comment = re.compile(r"\(\?#[^)]*\)").match(self.text, self.pos)
        if comment:
            self.pos = comment.end()
            return
        found = re.compile(r"\((?:\?[:=!])?").match(self.text, self.pos)
        self.pos = found.end()
        if found.group() == "(" and self.text[self.pos:self.pos + 1] == "?":
            self.fail("a group that Tcl does not know")
        self.groups.append(found.group()[-1] not in "=!")
        self.emit(found.group(), False)

    def escape(self):
        char = self.text[self.pos + 1:self.pos + 2]
        if not char:
            self.fail("a backslash at the end")
        if char in CONSTRAINTS:
            self.pos += 2
            self.emit(CONSTRAINTS[char], False)
        elif char.lower() in SHORTHANDS:
            self.pos += 2
            sign = "^" if char.isupper() else ""
            self.emit(f"[{sign}{SHORTHANDS[char.lower()]}]", True)
        elif char in "123456789":
            found = re.compile(r"\\[1-9]\d?").match(self.text, self.pos)
            self.pos = found.end()
            self.emit(f"(?:{found.group()})", True)
        else:
            self.emit(re.escape(self.character()), True)

    def character(self):
        """An escape that stands for one character."""
        char = self.text[self.pos + 1:self.pos + 2]
        if char in CONTROLS:
            self.pos += 2
            return chr(CONTROLS[char])
        if char == "c" and self.pos + 2 < len(self.text):
            self.pos += 3
            return chr(ord(self.text[self.pos - 1]) & 31)
        found = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})"
                           r"|(0[0-7]{0,2}))").match(self.text, self.pos)
        if found:
            self.pos = found.end()
            octal = found.group(4)
            return chr(int(octal, 8) if octal else int("".join(filter(None, found.groups())), 16))
        if char.isalnum() or not char:
            self.fail(f"an escape that Tcl does not know: \\{char}")
        self.pos += 2
        return char

    def bracket(self):
        for word, limit in (("[[:<:]]", "m"), ("[[:>:]]", "M")):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                self.emit(CONSTRAINTS[limit], False)
                return
        self.pos += 1
        members = []
        negated = self.text.startswith("^", self.pos)
        if negated:
            self.pos += 1
            members.append(self.complement)
        first = True
        while first or not self.text.startswith("]", self.pos):
            if self.pos >= len(self.text):
                self.fail("an unclosed [")
            members.append(self.member())
            first = False
        self.pos += 1
        self.emit("[" + ("^" if negated else "") + "".join(members) + "]", True)

    def member(self):
        char = self.text[self.pos]
        if char == "[" and self.text[self.pos + 1:self.pos + 2] in (":", ".", "="):
            kind = self.text[self.pos + 1]
            end = self.text.find(kind + "]", self.pos + 2)
            if end < 0:
                self.fail(f"an unclosed [{kind}")
            name = self.text[self.pos + 2:end]
            self.pos = end + 2
            if kind == ":" and name in CLASSES:
                return CLASSES[name]
            if kind != ":" and len(name) == 1:
                return re.escape(name)
            self.fail(f"[{kind}{name}{kind}] is not supported")
        if char == "\\":
            shorthand = self.text[self.pos + 1:self.pos + 2]
            if shorthand in SHORTHANDS:
                self.pos += 2
                return SHORTHANDS[shorthand]
            return re.escape(self.character())
        self.pos += 1
        if char == "-":
            # A range if it stands between two members, else itself.
            inside = not self.text.startswith("]", self.pos) and self.text[self.pos - 2] != "["
            return "-" if inside and not self.text.endswith("[^", 0, self.pos - 1) else r"\-"
        return re.escape(char)

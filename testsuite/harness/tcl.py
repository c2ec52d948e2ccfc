# SPDX-License-Identifier: GPL-2.0-or-later
"""Tcl's words, lists and scripts, as far as directives use them.

Under DejaGnu a directive is a Tcl command and the code of dg-final a Tcl
script, so quotes, braces and backslashes must mean here what they mean there
(Tcl(n), rules 1 to 9).  Variables and command substitution are refused: a
directive that needs them would mean something under runtest only.
"""

SPACE = " \t\r\v\f"
ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class TclError(Exception):
    """Text that Tcl, or this subset of it, does not accept."""


def elements(text):
    """The elements of a Tcl list."""
    scanner = _Scanner(text, script=False)
    found = []
    while scanner.skip(SPACE + "\n"):
        found.append(scanner.word())
    return found


def commands(text):
    """The commands of a Tcl script, each a list of words."""
    scanner = _Scanner(text, script=True)
    found = []
    while scanner.skip(SPACE + "\n;"):
        if scanner.peek() == "#":
            scanner.comment()
            continue
        command = []
        while scanner.skip(SPACE) and scanner.peek() not in "\n;":
            command.append(scanner.word())
        found.append(command)
    return found


def backslash(text, pos):
    """What the backslash at text[pos] stands for, and where the text goes on."""
    pos += 1
    if pos == len(text):
        return "\\", pos
    char = text[pos]
    if char in ESCAPES:
        return ESCAPES[char], pos + 1
    if char == "\n":
        end = pos + 1
        while end < len(text) and text[end] in " \t":
            end += 1
        return " ", end
    for lead, digits, most in (("x", "0123456789abcdef", 2), ("u", "0123456789abcdef", 4),
                               ("U", "0123456789abcdef", 8), ("", "01234567", 3)):
        if lead and char != lead:
            continue
        start = end = pos + len(lead)
        while end < len(text) and end - start < most and text[end].lower() in digits:
            end += 1
        if end > start:
            return chr(int(text[start:end], len(digits))), end
    return char, pos + 1


class _Scanner:
    def __init__(self, text, script):
        self.text = text
        self.pos = 0
        self.script = script

    def peek(self):
        return self.text[self.pos] if self.pos < len(self.text) else ""

    def skip(self, chars):
        """Skip these characters; is there text left?"""
        while self.pos < len(self.text):
            if self.text.startswith("\\\n", self.pos):
                self.pos += 2
            elif self.text[self.pos] in chars:
                self.pos += 1
            else:
                return True
        return False

    def comment(self):
        while self.peek() not in ("", "\n"):
            self.pos += 2 if self.peek() == "\\" else 1

    def word(self):
        if self.peek() == "{":
            found = self.braced()
        elif self.peek() == '"':
            self.pos += 1
            found = self.substituted('"')
            self.pos += 1
        else:
            return self.substituted(SPACE + "\n" + (";" if self.script else ""))
        after = self.peek()
        if after and after not in SPACE + "\n" + (";" if self.script else ""):
            raise TclError(f"extra characters after a closing quote or brace: {after!r}")
        return found

    def braced(self):
        start = self.pos + 1
        depth = 0
        while self.pos < len(self.text):
            char = self.text[self.pos]
            if char == "\\":
                self.pos += 1
            elif char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
                if depth == 0:
                    self.pos += 1
                    return self.text[start:self.pos - 1]
            self.pos += 1
        raise TclError("missing close-brace")

    def substituted(self, ends):
        found = []
        while self.pos < len(self.text) and self.text[self.pos] not in ends:
            char = self.text[self.pos]
            if char == "\\":
                char, self.pos = backslash(self.text, self.pos)
                found.append(char)
                continue
            if self.script:
                self.refuse_substitution(char)
            found.append(char)
            self.pos += 1
        if ends == '"' and self.pos >= len(self.text):
            raise TclError("missing closing quote")
        return "".join(found)

    def refuse_substitution(self, char):
        after = self.text[self.pos + 1:self.pos + 2]
        if char == "[":
            raise TclError("unescaped [ in a word without braces: write \\[ or use {...}")
        if char == "$" and after and (after.isalnum() or after in "_{(:"):
            raise TclError("unescaped $ in a word without braces: write \\$ or use {...}")

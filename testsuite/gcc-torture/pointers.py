# SPDX-License-Identifier: GPL-2.0-or-later
"""Few of GCC's tests call through file-scope pointers.  Make them.

Behind the definition of each function comes a pointer to it, which is set
when the program starts, and a macro of the function's name: every call from
there on goes through the pointer.  Where a test declares the function again, or
does something else that this does not allow, it no longer compiles, with the
plugin or without, and is not one of ours.
"""
import re

NO_NAMES = {"__attribute__", "__attribute", "__typeof__", "typeof", "__asm__", "asm", "__asm",
            "_Alignas", "__extension__", "if", "while", "for", "switch", "return", "sizeof",
            "main"}

POINTER = """
static __typeof__ ({0}) *{0}__pointer;
static void __attribute__ ((constructor)) {0}__set (void) {{ {0}__pointer = {0}; }}
#define {0}(...) {0}__pointer (__VA_ARGS__)
"""


def _code(text):
    """The text with blanks for comments, strings and preprocessor lines: as long as before."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|'
                  r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", blank, text, flags=re.S | re.M)


def _defined(header):
    """The name of the function whose definition `header` begins, or None."""
    if "=" in header:
        return None
    for name in re.findall(r"(\w+)\s*\(", header):
        if name not in NO_NAMES:
            return name
        if name == "main":
            return None
    return None


def through_pointers(text):
    """The test rewritten; None if it defines no function but main."""
    code, depth, start, name, at, made = _code(text), 0, 0, None, 0, []
    for match in re.finditer(r"[{};]", code):
        what, end = match.group(), match.end()
        if what == "{":
            if depth == 0:
                name = _defined(code[start:match.start()])
            depth += 1
        elif what == "}":
            depth -= 1
            if depth == 0 and name:
                made += [text[at:end], POINTER.format(name)]
                at, start, name = end, end, None
        elif depth == 0:
            start = end
    return "".join([*made, text[at:]]) if made else None

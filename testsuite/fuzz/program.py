# SPDX-License-Identifier: GPL-2.0-or-later
"""A program as the generator makes it and the reducer takes it apart: units of
pieces of text, each of which may be left out."""


class Piece:
    """Text with a number; `body` holds pieces between `head` and `tail`."""

    def __init__(self, number, head, body=(), tail=""):
        self.number, self.head, self.body, self.tail = number, head, list(body), tail

    def render(self, dropped):
        if self.number in dropped:
            return ""
        if not self.tail:
            return self.head + "\n"
        inside = "".join("\t" + piece.render(dropped).rstrip("\n").replace("\n", "\n\t") + "\n"
                         for piece in self.body if piece.number not in dropped)
        return f"{self.head}\n{inside}{self.tail}\n"

    def numbers(self):
        """This piece, then those inside: the large ones are tried first."""
        yield self.number
        for piece in self.body:
            yield from piece.numbers()


UNITS = ("u0", "u1", "u2", "lib")


class Program:
    def __init__(self, seed):
        self.seed = seed
        self.prefix = f"p{seed}_"
        self.pieces = {unit: [] for unit in UNITS}
        self.marks = []             # patterns for mark-file
        self.count = 0

    def piece(self, head, body=(), tail=""):
        self.count += 1
        return Piece(self.count, head, body, tail)

    @property
    def entry(self):
        return f"{self.prefix}main"

    def text(self, unit, dropped=frozenset()):
        return "".join(piece.render(dropped) for piece in self.pieces[unit])

    def numbers(self):
        for pieces in self.pieces.values():
            for piece in pieces:
                yield from piece.numbers()


def unit_text(unit, programs, dropped=frozenset()):
    """One source file with that unit of all `programs`; u0 has the table of the driver."""
    text = ['#include "fuzz.h"\n']
    text += [program.text(unit, dropped) for program in programs]
    if unit == "u0":
        text.append("const struct { unsigned int seed; void (*run)(void); } fuzz_programs[] = {\n")
        text += [f"\t{{ {program.seed}u, {program.entry} }},\n" for program in programs]
        text.append("\t{ 0, 0 }\n};\n")
    return "".join(text)

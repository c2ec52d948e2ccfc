# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of code per call site.

Many functions with one call each are compiled with each kind of call.  What
they are longer than with a direct call, on average, comes on top of its 5
bytes.  What padding there is depends on what stands before, so statements vary.
"""

import random

from figures import result
from toolchain import run

TITLE = "Bytes per call site"

DIRECT = 5  # e8 and a 32-bit displacement
DECLARATIONS = {
    "direct": "void f(void);",
    "static": "extern void (*f)(void) __attribute__((static_call));",
    "pointer": "extern void (*f)(void);",
}
STATEMENTS = ("a++;", "b += 1000;", "c = a;", "g = a;", "h += b;", "p[1] = c;", "p[a & 3] = b;")


def source(kind, calls):
    choose = random.Random(1)

    def statements():
        return " ".join(choose.choices(STATEMENTS, k=choose.randint(1, 4)))
    return f"{DECLARATIONS[kind]}\nint g, h;\n" + "".join(
        f"void call{n}(int a, int b, int c, int *p)\n"
        f"{{ {statements()} f(); {statements()} p[2] = a + b + c; }}\n" for n in range(calls))


def sizes(tools, kind, calls, mode):
    """Bytes of all functions, without what stands between them, and of the records."""
    file = tools.output / f"size-{kind}.c"
    file.write_text(source(kind, calls))
    obj = tools.compile(file, mode)
    code = sum(int(words[1], 16) for words in map(str.split, run("nm", "-S", obj).splitlines())
               if words[-1].startswith("call"))
    records = sum(int(words[1]) for words in map(str.split, run("size", "-A", obj).splitlines())
                  if words and words[0] == ".static_call_sites")
    return code, records


def measure(tools, quick):
    calls = 100 if quick else 2000
    rows = []
    for mode in "-fno-pie", "-fpie", "-fPIC":
        direct, _ = sizes(tools, "direct", calls, mode)
        for kind in DECLARATIONS:
            code, records = sizes(tools, kind, calls, mode)
            rows.append({"call": f"{kind} {mode}", "code": DIRECT + (code - direct) / calls,
                         "record": records / calls})
    return result(["call", "code", "record"], rows)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Random C programs full of function pointers, without undefined behaviour.

A seed makes the same program everywhere.  Functions take numbers and make
numbers; what a program computes depends on which function was called when.
Calls end because `fuel` does: each function that calls others takes some.
"""
import dataclasses
import random

import statements
from program import UNITS, Program
from signatures import SIGNATURES

EXECUTABLE = UNITS[:3]


@dataclasses.dataclass
class Variable:
    name: str
    unit: str
    linkage: str            # extern, weak, common, hidden, static, local
    declaration: str        # "s_ii NAME[4]" with NAME replaced
    slots: list             # (lvalue, signature, index known only at run time)
    qualifier: str = ""     # volatile or _Atomic, of scalars
    struct: str = ""        # the struct type of the variable or of its elements
    array: int = 0          # elements, of an array of structs or of pointers
    escapes: bool = False   # statements may take its address
    marked: bool = False    # by attribute
    initial: str = ""

    def declare(self, storage=""):
        mark = " __static_call" if self.marked else ""
        return f"{storage}{self.declaration}{mark}"


@dataclasses.dataclass
class Slot:
    lvalue: str
    signature: object
    variable: Variable
    dynamic: bool


@dataclasses.dataclass
class Target:
    name: str
    signature: object
    unit: str
    static: bool


class Context:
    """Where an expression or a statement stands."""

    def __init__(self, generator, unit, local=()):
        self.generator, self.unit = generator, unit
        self.rng = generator.rng
        self.slots = generator.visible_slots(unit) + [
            Slot(lvalue, signature, variable, dynamic)
            for variable in local for lvalue, signature, dynamic in variable.slots]

    def chance(self, probability):
        return self.rng.random() < probability

    def slot(self, signature=None, pick=None):
        """A random slot, of that signature and as `pick` wants it; or None."""
        found = [slot for slot in self.slots
                 if (signature is None or slot.signature is signature)
                 and (pick is None or pick(slot))]
        return self.rng.choice(found) if found else None

    def function(self, signature):
        return self.rng.choice(self.generator.targets_for(signature, self.unit))

    def value(self, signature):
        """A pointer of type `signature`, without side effects of its own."""
        kind = self.rng.randrange(10)
        name = self.function(signature)
        other = self.slot(signature)
        if kind == 0:
            return f"&{name}"
        if kind == 1:
            return f"({self.number(0)} & 1u ? {name} : {self.function(signature)})"
        if kind == 2 and other:
            return other.lvalue
        if kind == 3 and other:
            return f"(u & 2u ? {name} : {other.lvalue})"
        if kind == 4:
            return f"{self.generator.picker(self, signature)}({self.number(0)})"
        return name

    def arguments(self, signature, depth=0):
        made = [f"mk_{kind}({self.number(depth if i < 3 else 0)})"
                for i, kind in enumerate(signature.parameters)]
        if signature.variadic:
            pairs = self.rng.randrange(4)
            made[-1] = str(pairs)
            for _ in range(pairs):
                made += [f"mk_int({self.number(0)})", f"mk_double({self.number(0)})"]
        return ", ".join(made)

    def call(self, slot, depth=0):
        """A call through `slot`, of its type."""
        kind, lvalue = self.rng.randrange(14), slot.lvalue
        if kind == 0:
            lvalue = f"(*{lvalue})"
        elif kind == 1:
            lvalue = f"(**{lvalue})"
        elif kind == 2:
            lvalue = f"({{ {lvalue}; }})"
        elif kind == 3:
            lvalue = f"(0, {lvalue})"
        elif kind == 4 and not slot.variable.qualifier:
            # The target after the arguments were evaluated, which plain C does not do.
            return f"static_call({lvalue})({self.arguments(slot.signature)})"
        elif kind == 5 and not slot.signature.old:
            # As another type in between; it is called as what it is.
            lvalue = f"(({slot.signature.name})(void (*)(void)){lvalue})"
        return f"{lvalue}({self.arguments(slot.signature, depth)})"

    def digest(self, slot, depth=0):
        return slot.signature.digest(self.call(slot, depth))

    def number(self, depth=1):
        """An unsigned expression; every side effect in it is inside a function that is called."""
        rng, generator = self.rng, self.generator
        kind = rng.randrange(12) if depth else rng.randrange(3)
        if kind == 0:
            return f"{rng.randrange(1, 1000)}u"
        if kind == 1:
            return "u"
        if kind == 2:
            return f"(u + {rng.randrange(50)}u)"
        if kind == 3:
            return f"{generator.program.prefix}st"
        if kind in (4, 5):
            return f"mix({self.number(depth - 1)}, {self.number(depth - 1)})"
        if kind == 6:
            slot = self.slot()
            return f"({slot.lvalue} == {self.function(slot.signature)})"
        if kind == 7:
            slot = self.slot()
            return f"({slot.lvalue} ? {self.digest(slot)} : 3u)"
        if kind == 8:
            return generator.setter(self) + f"({self.number(depth - 1)})"
        if kind == 9:
            signature = rng.choice(generator.signatures)
            return signature.digest(f"{self.function(signature)}({self.arguments(signature)})")
        return self.digest(self.slot(), depth - 1)


class Generator:
    def __init__(self, seed):
        self.program = Program(seed)
        self.rng = random.Random(seed)
        self.prefix = self.program.prefix
        self.helpers = {unit: [] for unit in UNITS}     # functions made on demand
        self.known = {}
        self.names = 0

    def name(self, kind):
        self.names += 1
        return f"{self.prefix}{kind}{self.names}"

    # ---- what there is ----

    def generate(self):
        rng = self.rng
        self.units = ["u0", *rng.sample(["u1", "u2", "lib"], rng.choice([0, 0, 0, 0, 1, 1, 2, 3]))]
        self.signatures = rng.sample(SIGNATURES, rng.choice([1, 1, 2, 2, 3]))
        self.statements = statements.choose(rng)
        self.targets = self.make_targets()
        self.structs = [self.make_struct() for _ in range(rng.choice([0, 1, 1, 2]))]
        self.variables = [self.make_variable() for _ in range(rng.choice([1, 2, 2, 3, 4]))]
        if not any(variable.unit == "u0" or variable.linkage not in ("static", "hidden")
                   for variable in self.variables):
            self.variables.append(self.make_variable(unit="u0", linkage="extern"))
        for unit in self.units:
            if not self.visible_slots(unit):
                self.variables.append(self.make_variable(unit=unit, linkage="static"))
        self.workers = [(self.name("work"), rng.choice(self.units)) for _ in
                        range(rng.choice([1, 1, 1, 2]))]
        self.write()
        self.choose_marks()
        return self.program

    def make_targets(self):
        made = []
        for signature in self.signatures:
            for _ in range(2):
                made.append(Target(self.name("f"), signature, self.rng.choice(self.units), False))
            for unit in self.units:
                # Each unit has one of its own, to be inlined perhaps.
                if self.rng.random() < 0.25:
                    made.append(Target(self.name("f"), signature, unit, True))
        return made

    def targets_for(self, signature, unit):
        return [target.name for target in self.targets
                if target.signature is signature and (not target.static or target.unit == unit)]

    def make_struct(self):
        name, fields, slots, number = self.name("t"), [], [], 0
        for _ in range(self.rng.randint(1, 4)):
            signature, field = self.rng.choice(self.signatures), f"m{number}"
            number += 1
            kind = self.rng.randrange(6)
            if kind == 0:
                fields.append(f"struct {{ {signature.name} x; int n; }} {field};")
                slots.append((f".{field}.x", signature, False))
            elif kind == 1:
                fields.append(f"{signature.name} {field}[2];")
                slots += [(f".{field}[0]", signature, False), (f".{field}[1]", signature, False),
                          (f".{field}[u & 1u]", signature, True)]
            elif kind == 2:
                fields.append(f"union {{ {signature.name} f; void *p; unsigned long w; }} {field};")
                slots.append((f".{field}.f", signature, False))
            else:
                fields.append(f"{signature.name} {field};")
                slots.append((f".{field}", signature, False))
            if self.rng.random() < 0.4:
                fields.append(self.rng.choice([f"int n{number};", f"char c{number}[3];",
                                               f"long long l{number};", f"int b{number} : 5;"]))
        return name, fields, slots

    def make_variable(self, unit=None, linkage=None):
        rng, name = self.rng, self.name("v")
        unit = unit or rng.choice(self.units)
        linkage = linkage or rng.choice(["extern", "extern", "static", "static", "hidden", "weak",
                                         "common"])
        kind = rng.randrange(8)
        made = Variable(name, unit, linkage, "", [], escapes=rng.random() < 0.2,
                        marked=rng.random() < 0.8)
        if kind in (0, 1) and self.structs:
            made.struct, _, slots = rng.choice(self.structs)
            made.declaration = f"struct {made.struct} {name}"
            made.slots = [(name + path, *more) for path, *more in slots]
        elif kind == 2 and self.structs:
            made.struct, _, slots = rng.choice(self.structs)
            made.array = 2
            made.declaration = f"struct {made.struct} {name}[2]"
            for index, dynamic in ("[0]", False), ("[1]", False), ("[u & 1u]", True):
                made.slots += [(name + index + path, signature, dynamic or inner)
                               for path, signature, inner in slots]
        elif kind == 3:
            signature, made.array = rng.choice(self.signatures), rng.choice([2, 4])
            made.declaration = f"{signature.name} {name}[{made.array}]"
            made.slots = [(f"{name}[{i}]", signature, False) for i in range(made.array)]
            made.slots.append((f"{name}[u & {made.array - 1}u]", signature, True))
        else:
            signature = rng.choice(self.signatures)
            made.qualifier = rng.choice(["volatile", "_Atomic"] if rng.random() < 0.15 else [""])
            made.declaration = " ".join(filter(None, [made.qualifier, signature.name, name]))
            made.slots = [(name, signature, False)]
        if linkage == "common":
            made.linkage = "extern"     # set in main, before anything is called
        else:
            made.initial = self.initial(made)
        if rng.random() < 0.04 and linkage in ("extern", "hidden"):
            made.declaration += f' __asm__("{name}_asm")'
        return made

    def initial(self, variable):
        unit = variable.unit

        def one(signature):
            return self.rng.choice(self.targets_for(signature, unit))

        def of_struct(name):
            slots = next(slots for struct, _, slots in self.structs if struct == name)
            return "{ " + ", ".join(f"{path} = {one(signature)}" for path, signature, dynamic in slots
                                    if not dynamic) + " }"

        if variable.struct:
            inner = of_struct(variable.struct)
            return f"{{ {inner}, {of_struct(variable.struct)} }}" if variable.array else inner
        signature = variable.slots[0][1]
        if variable.array:
            return "{ " + ", ".join(one(signature) for _ in range(variable.array)) + " }"
        return one(signature)

    def visible(self, variable, unit):
        if variable.unit == unit:
            return variable.linkage != "local"
        if variable.linkage == "hidden":
            return (variable.unit == "lib") == (unit == "lib")
        return variable.linkage in ("extern", "weak")

    def visible_slots(self, unit):
        return [Slot(lvalue, signature, variable, dynamic) for variable in self.variables
                if self.visible(variable, unit)
                for lvalue, signature, dynamic in variable.slots]

    # ---- helpers, made when a statement asks for one ----

    def helper(self, unit, head, body):
        """A function in `unit`, before those that use it."""
        self.helpers[unit].append(self.program.piece(head + "\n{", [self.program.piece(line)
                                                                    for line in body], "}"))

    def setter(self, cx):
        """A function of a number that stores to some pointer; a unit has a few of them."""
        key = ("set", cx.unit, self.rng.randrange(3))
        if key in self.known:
            return self.known[key]
        self.known[key] = name = self.name("set")
        slot = self.visible_global(cx)
        where = Context(self, cx.unit)
        self.helper(cx.unit, f"static {self.inline()}u32 {name}(u32 u)",
                    [f"{slot.lvalue} = {where.value(slot.signature) if self.rng.random() < 0.2 else where.function(slot.signature)};",
                     "return u + 1u;"])
        return name

    def visible_global(self, cx, signature=None):
        found = [slot for slot in self.visible_slots(cx.unit)
                 if signature is None or slot.signature is signature]
        return self.rng.choice(found) if found else None

    def picker(self, cx, signature):
        key = ("pick", cx.unit, signature.name)
        if key not in self.known:
            self.known[key] = name = self.name("pick")
            slot = self.visible_global(cx, signature)
            first, second = (cx.function(signature) for _ in range(2))
            self.helper(cx.unit, f"static {self.inline()}{signature.name} {name}(u32 u)",
                        [f"return u & 1u ? {first} : {slot.lvalue if slot else second};"])
        return self.known[key]

    def inline(self):
        return self.rng.choice(["NOINLINE ", "", "inline "])

    # ---- text ----

    def write(self):
        program, rng = self.program, self.rng
        functions = {unit: [] for unit in self.units}
        for target in self.targets:
            functions[target.unit].append(self.target(target))
        for name, unit in self.workers:
            functions[unit].append(self.worker(name, unit))
        ends = {unit: self.end(unit) for unit in self.units}
        main = self.main()
        for unit in self.units:
            pieces = program.pieces[unit]
            pieces += [program.piece(line) for line in self.declarations(unit)]
            rng.shuffle(functions[unit])
            pieces += self.helpers[unit] + functions[unit] + [ends[unit]]
        program.pieces["u0"].append(main)

    def declarations(self, unit):
        yield f"{'' if unit == 'u0' else 'extern '}u32 {self.prefix}st;"
        for signature in self.signatures:
            yield f"typedef {signature.declarator(self.prefix + signature.name, True)};"
            yield f"#define {signature.name} {self.prefix}{signature.name}"
        for name, fields, _ in self.structs:
            yield f"struct {name} {{ {' '.join(fields)} }};"
        for target in self.targets:
            if target.unit == unit or not target.static:
                yield f"{'static ' if target.static else ''}{target.signature.declarator(target.name)};"
        for name, _ in self.workers:
            yield f"void {name}(u32 u);"
        for other in self.units:
            yield f"void {self.prefix}end_{other}(u32 u);"
        for variable in self.variables:
            if self.visible(variable, unit):
                yield from self.definition(variable, unit)

    def definition(self, variable, unit):
        initial = f" = {variable.initial}" if variable.initial else ""
        if variable.linkage == "static":
            if not variable.array and self.rng.random() < 0.2:
                yield variable.declare("static ") + ";"
            yield variable.declare("static ") + initial + ";"
            return
        storage = {"hidden": '__attribute__((visibility("hidden"))) ',
                   "weak": "__attribute__((weak)) "}.get(variable.linkage, "")
        if variable.unit != unit:
            # A weak declaration elsewhere would be a weak reference.
            yield variable.declare("extern " + storage * (variable.linkage == "hidden")) + ";"
            return
        if self.rng.random() < 0.3 and variable.linkage != "weak":
            yield variable.declare("extern " + storage) + ";"
        yield variable.declare(storage) + initial + ";"

    def target(self, target):
        """A function that mixes its arguments, and perhaps does something first."""
        signature, rng = target.signature, self.rng
        lines = [f"u32 u = {rng.randrange(1 << 16)}u;"]
        for number, kind in enumerate(signature.parameters):
            lines.append(f"u = mix(u, dg_{kind}(a{number}));")
        if signature.variadic:
            lines.append("{ va_list ap; va_start(ap, a0); for (int i = 0; i < a0; i++) "
                         "{ u = mix(u, (u32)va_arg(ap, int)); u = mix(u, (u32)va_arg(ap, double)); } "
                         "va_end(ap); }")
        body = [self.program.piece(line) for line in lines]
        if "const" not in signature.attribute and "pure" not in signature.attribute:
            if rng.random() < 0.7:
                body.append(self.program.piece(f"{self.prefix}st = mix({self.prefix}st, u);"))
            if rng.random() < 0.2:
                body.append(self.burning(target.unit, [], 1))
        if signature.result != "void":
            body.append(self.program.piece(f"return mk_{signature.result}(u);"))
        static = "static " if target.static else ""
        return self.program.piece(f"{static}{self.inline() if target.static else ''}"
                                  f"{signature.head(target.name)}\n{{", body, "}")

    def burning(self, unit, local, count):
        """Statements that may call functions that do the same: as long as there is fuel."""
        cx = Context(self, unit, local)
        inside = [self.program.piece("fuel--;")]
        for _ in range(count):
            text = self.rng.choice(self.statements)(cx)
            if text:
                inside.append(self.program.piece(text))
        return self.program.piece("if (fuel > 0) {", inside, "}")

    def worker(self, name, unit):
        local = []
        if self.rng.random() < 0.4:
            for _ in range(self.rng.randint(1, 2)):
                variable = self.make_variable(unit, "static")
                variable.linkage, variable.name = "local", variable.name
                local.append(variable)
        body = [self.program.piece(variable.declare("static ") + f" = {variable.initial};")
                for variable in local]
        body.append(self.burning(unit, local, self.rng.randint(2, 5)))
        return self.program.piece(f"void {name}(u32 u)\n{{", body, "}")

    def end(self, unit):
        """Call through everything that this unit sees."""
        cx = Context(self, unit)
        body = [self.program.piece(f"ck({slot.signature.digest(f'{slot.lvalue}({cx.arguments(slot.signature)})')});")
                for slot in self.visible_slots(unit)]
        return self.program.piece(f"void {self.prefix}end_{unit}(u32 u)\n{{", body, "}")

    def main(self):
        cx = Context(self, "u0")
        body = []
        for variable in self.variables:
            if not variable.initial:
                # Tentative definitions hold nothing yet.
                owner = next(unit for unit in self.units if self.visible(variable, unit))
                where = Context(self, owner)
                body += [self.program.piece(f"{lvalue} = {where.function(signature)};")
                         for lvalue, signature, dynamic in variable.slots if not dynamic]
        calls = [self.program.piece(f"{name}({cx.number(0)});") for name, _ in self.workers]
        calls += [self.program.piece(f"{self.prefix}end_{unit}(u);") for unit in self.units]
        loop = self.program.piece(f"for (u = 0; u < {self.rng.randint(1, 3)}u; u++) {{",
                                  [self.program.piece("fuel = 30;"), *calls], "}")
        body += [loop, self.program.piece(f"ck({self.prefix}st);")]
        return self.program.piece(f"void {self.program.entry}(void)\n{{\n\tu32 u = 0;\n", body, "}")

    def choose_marks(self):
        """By name, what no attribute marks; sometimes a part of it only."""
        for variable in self.variables:
            if variable.marked:
                continue
            kind = self.rng.randrange(4)
            members = [lvalue for lvalue, _, dynamic in variable.slots
                       if not dynamic and "." in lvalue and "[" not in lvalue]
            if kind == 0 and members:
                self.program.marks.append(self.rng.choice(members))
            elif kind:
                self.program.marks.append(variable.name)


def generate(seed):
    return Generator(seed).generate()

# SPDX-License-Identifier: GPL-2.0-or-later
"""The types of functions that generated programs point to."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Signature:
    name: str
    result: str             # a type of fuzz.h, or "void"
    parameters: tuple       # of types of fuzz.h
    attribute: str = ""
    variadic: bool = False  # the last parameter counts pairs of an int and a double
    old: bool = False       # declared without parameters

    @property
    def c_result(self):
        return spelled(self.result)

    def declarator(self, name, pointer=False):
        """`name` declared with this type, or as a pointer to it."""
        if self.old:
            types = ""
        else:
            types = ", ".join([*map(spelled, self.parameters), *(["..."] if self.variadic else [])])
        # An attribute of the type stands where it binds to it.
        front = f"{self.attribute} " if "abi" in self.attribute else ""
        back = f" {self.attribute}" if self.attribute and not front else ""
        inner = f"({front}*{name})" if pointer else f"{front}{name}"
        return f"{self.c_result} {inner}({types or ('' if self.old else 'void')}){back}"

    def head(self, name):
        """The first line of a definition; parameters are a0, a1, ..."""
        names = [f"a{i}" for i in range(len(self.parameters))]
        declared = [f"{spelled(t)} {n}" for t, n in zip(self.parameters, names)]
        front = f"{self.attribute} " if "abi" in self.attribute else ""
        if self.old:
            return (f"{self.c_result} {name}({', '.join(names)})\n\t"
                    + " ".join(f"{one};" for one in declared))
        if self.variadic:
            declared.append("...")
        return f"{self.c_result} {front}{name}({', '.join(declared)})"

    def digest(self, call):
        """An unsigned expression that makes `call`, itself an expression."""
        if self.result == "void":
            return f"({call}, 1u)"
        return f"dg_{self.result}({call})"


SPELLED = {"small": "struct small", "big": "struct big", "pair": "struct pair",
           "odd": "struct odd", "bool": "_Bool"}


def spelled(name):
    return SPELLED.get(name, name)


def _signature(name, result, *parameters, **more):
    return Signature(name, result, parameters, **more)


SIGNATURES = [
    _signature("s_ii", "int", "int"),
    _signature("s_ll", "long", "long", "int"),
    _signature("s_dd", "double", "double", "int"),
    _signature("s_vi", "void", "int"),
    _signature("s_vv", "void"),
    _signature("s_small", "small", "int", "int"),
    _signature("s_big", "big", "big", "int"),
    _signature("s_big0", "big"),
    _signature("s_ld", "ldouble", "ldouble", "float"),
    _signature("s_va", "int", "int", variadic=True),
    _signature("s_kr", "int", "int", "int", old=True),
    _signature("s_many", "long", "int", "long", "double", "int", "float", "long", "int", "big",
               "int", "uchar", "double", "small", "long", "int", "ldouble", "short"),
    _signature("s_floats", "float", "float", "double", "float", "double", "float", "double",
               "float", "double", "float", "double"),
    _signature("s_char", "uchar", "uchar", "short"),
    _signature("s_bool", "bool", "bool", "bool"),
    _signature("s_pair", "pair", "float", "pair"),
    _signature("s_odd", "odd", "odd"),
    _signature("s_vec", "vec", "vec", "int"),
    _signature("s_cplx", "cplx", "cplx"),
    _signature("s_i128", "i128", "i128", "long"),
    _signature("s_const", "int", "int", attribute="__attribute__((const))"),
    _signature("s_pure", "long", "int", "long", attribute="__attribute__((pure))"),
    _signature("s_nothrow", "int", "int", "int", attribute="__attribute__((nothrow))"),
    _signature("s_ms", "int", "int", "double", "int", "long", "small", "int",
               attribute="__attribute__((ms_abi))"),
]

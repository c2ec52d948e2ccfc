# SPDX-License-Identifier: GPL-2.0-or-later
"""The statements that generated functions are made of: every form of a store, of
a call, and of what may stand around them.

Each takes a context and gives a text that stands for itself (a label or a
variable in it is seen nowhere else), or None where the context has nothing for it.
"""
FORMS = []


def form(weight):
    def add(function):
        FORMS.append((weight, function))
        return function
    return add


def choose(rng):
    """Some forms only: a program of few forms has more of each in combination."""
    chosen = [entry for entry in FORMS if rng.random() < 0.5]
    return [function for weight, function in chosen or FORMS for _ in range(weight)]


def plain(slot):
    return not slot.variable.qualifier


def may_escape(slot):
    return plain(slot) and slot.variable.escapes


def structs(cx, same=None):
    """Names of objects of a struct type that has pointers, as (lvalue, type, variable)."""
    found = {}
    for slot in cx.slots:
        variable = slot.variable
        if variable.struct:
            for index in (["[0]", "[1]", "[u & 1u]"] if variable.array else [""]):
                found[variable.name + index] = (variable.struct, variable)
    return [(lvalue, *more) for lvalue, more in found.items() if same in (None, more[0])]


# ---- calls ----

@form(4)
def call(cx):
    slot = cx.slot()
    return f"ck({cx.digest(slot, 1)});"


@form(2)
def call_for_nothing(cx):
    return f"(void){cx.call(cx.slot(), 1)};"


@form(2)
def condition(cx):
    return (f"if ({cx.digest(cx.slot(), 1)} & 1u {cx.rng.choice(['&&', '||'])} "
            f"{cx.number(1)} & 2u)\n\t{call(cx)}\nelse\n\tck({cx.number(1)});")


@form(2)
def loop(cx):
    slot = cx.slot()
    lines = [call(cx)]
    if cx.chance(0.7):
        lines.insert(cx.rng.randrange(2), f"{slot.lvalue} = {cx.value(slot.signature)};")
    # The index of the loop is "u" inside, so that indices change with it.
    return (f"for (u32 i = 0, v = u; i < {cx.rng.randint(2, 4)}u; i++) {{ u32 u = v + i;\n\t"
            + "\n\t".join(lines) + "\n}")


@form(1)
def while_call(cx):
    return (f"{{ u32 n = 0; while (n++ < {cx.rng.randint(1, 3)}u && ({cx.digest(cx.slot())} & 3u)) "
            f"{{ {store(cx)} }} ck(n); }}")


@form(1)
def switch(cx):
    return (f"switch ({cx.digest(cx.slot())} % 3u) {{\ncase 0: {store(cx)}\n"
            f"case 1: {call(cx)} break;\ndefault: {store(cx)} }}")


@form(2)
def tail(cx):
    """A function that ends in a call, perhaps one of two."""
    generator = cx.generator
    slot = cx.slot(pick=lambda slot: slot.variable.linkage != "local"
                   and not slot.signature.variadic and "abi" not in slot.signature.attribute)
    if not slot:
        return None
    signature, name = slot.signature, generator.name("tail")
    # Parameters are passed on as they came; an index needs its number.
    passed = ", ".join(f"a{i}" for i in range(len(signature.parameters)))
    returns = "return " if signature.result != "void" else ""
    lines = [f"u32 u = {cx.rng.randrange(4)}u;", "(void)u;"]
    if "const" in signature.attribute or "pure" in signature.attribute:
        return None
    if cx.chance(0.4):
        lines.append(f"fuel++; fuel--; {slot.lvalue} = {cx.function(signature)};")
    other = generator.visible_global(cx, signature)
    condition = cx.rng.choice(["fuel & 1", f"{generator.prefix}st & 4u", "u"])
    if cx.chance(0.5):
        if returns:
            lines.append(f"if ({condition}) return {other.lvalue}({passed});")
        else:
            lines.append(f"if ({condition}) {{ {other.lvalue}({passed}); return; }}")
    elif not returns and cx.chance(0.5):
        lines.append(f"if ({condition})")
    lines.append(f"{returns}{slot.lvalue}({passed});")
    generator.helper(cx.unit, f"static {cx.rng.choice(['NOINLINE ', 'NOINLINE ', ''])}"
                     f"{signature.head(name)}", ["\n".join(lines)])
    return f"ck({signature.digest(f'{name}({cx.arguments(signature, 1)})')});"


@form(1)
def result_called(cx):
    signature = cx.rng.choice(cx.generator.signatures)
    pick = cx.generator.picker(cx, signature)
    return f"ck({signature.digest(f'{pick}({cx.number(1)})({cx.arguments(signature)})')});"


@form(1)
def passed_on(cx):
    """The value of a pointer as an argument: a copy, which no update changes."""
    slot = cx.slot()
    signature, generator = slot.signature, cx.generator
    key = ("apply", cx.unit, signature.name)
    if key not in generator.known:
        generator.known[key] = name = generator.name("apply")
        setter = generator.setter(cx)
        generator.helper(cx.unit, f"static {generator.inline()}u32 {name}({signature.name} f, u32 u)",
                         [f"u = {setter}(u);",
                          f"return {signature.digest(f'f({cx.arguments(signature)})')};"])
    return f"ck({generator.known[key]}({slot.lvalue}, {cx.number(1)}));"


@form(2)
def chosen(cx):
    slot = cx.slot()
    other = cx.slot(slot.signature)
    function = cx.rng.choice([other.lvalue, cx.function(slot.signature)])
    call = f"({cx.number(1)} & 1u ? {slot.lvalue} : {function})({cx.arguments(slot.signature)})"
    return f"ck({slot.signature.digest(call)});"


@form(1)
def local_declaration(cx):
    """A declaration inside the block, which does not say again that it is marked."""
    slot = cx.slot(pick=lambda slot: slot.variable.linkage == "extern" and not slot.variable.struct
                   and slot.variable.marked and "asm" not in slot.variable.declaration)
    if not slot:
        return None
    return (f"{{ extern {slot.variable.declaration}; {slot.lvalue} = {cx.function(slot.signature)}; "
            f"ck({cx.digest(slot)}); }}")


@form(1)
def through_struct_pointer(cx):
    slot = cx.slot(pick=lambda slot: may_escape(slot) and slot.variable.struct
                   and not slot.variable.array)
    if not slot:
        return None
    member = slot.lvalue.replace(slot.variable.name + ".", "o->", 1)
    lines = [f"struct {slot.variable.struct} *o = &{slot.variable.name};",
             f"ck({slot.signature.digest(f'{member}({cx.arguments(slot.signature)})')});",
             f"{member} = {cx.function(slot.signature)};",
             f"ck({cx.digest(slot)});"]
    return "{ " + "\n  ".join(lines) + " }"


# ---- stores ----

@form(5)
def store(cx):
    slot = cx.slot()
    return f"{slot.lvalue} = {cx.value(slot.signature)};"


@form(2)
def chained(cx):
    slot = cx.slot()
    other = cx.slot(slot.signature)
    last = cx.slot(slot.signature)
    # Different objects, or the order of the stores would not be known.
    if len({slot.variable.name, other.variable.name, last.variable.name}) < 3:
        return f"{slot.lvalue} = {cx.function(slot.signature)}; ck({cx.digest(other)});"
    return (f"{slot.lvalue} = {other.lvalue} = {last.lvalue} = {cx.function(slot.signature)};"
            f" ck({cx.digest(slot)}); ck({cx.digest(last)});")


@form(2)
def store_and_call(cx):
    slot = cx.slot()
    value = cx.function(slot.signature)
    arguments = cx.arguments(slot.signature)
    call = cx.rng.choice([f"({slot.lvalue} = {value})({arguments})",
                          f"({slot.lvalue} = {value}, {slot.lvalue})({arguments})"])
    return f"ck({slot.signature.digest(call)});"


@form(2)
def conditional(cx):
    slot = cx.slot()
    other = cx.slot(slot.signature)
    return cx.rng.choice([
        f"if ({cx.number(1)} & 1u)\n\t{slot.lvalue} = {cx.value(slot.signature)};\nelse\n\t"
        f"{other.lvalue} = {cx.function(slot.signature)};",
        f"{slot.lvalue} = {cx.number(1)} & 1u ? {cx.function(slot.signature)} : {other.lvalue};",
        f"if (({slot.lvalue} = {cx.value(slot.signature)}) == {cx.function(slot.signature)})\n\t"
        f"ck(17u);",
    ])


@form(2)
def copied_before(cx):
    """What was read before a store stays what it was."""
    slot = cx.slot()
    call = f"l({cx.arguments(slot.signature)})"
    return (f"{{ {slot.signature.name} l = {slot.lvalue};\n  {slot.lvalue} = "
            f"{cx.function(slot.signature)};\n  ck({slot.signature.digest(call)}); "
            f"ck({cx.digest(slot)}); {slot.lvalue} = l; ck({cx.digest(slot)}); }}")


@form(1)
def exchanged(cx):
    slot = cx.slot()
    other = cx.slot(slot.signature)
    return (f"{{ {slot.signature.name} l = {slot.lvalue}; {slot.lvalue} = {other.lvalue}; "
            f"{other.lvalue} = l; ck({cx.digest(slot)}); ck({cx.digest(other)}); }}")


@form(2)
def null(cx):
    """Nothing calls it while it is null."""
    slot = cx.slot()
    zero = cx.rng.choice(["0", "(void *)0"])
    return (f"{slot.lvalue} = {zero}; ck({slot.lvalue} == 0);\n"
            f"if ({slot.lvalue}) ck({slot.signature.digest(f'{slot.lvalue}({cx.arguments(slot.signature)})')});\n"
            f"{slot.lvalue} = {cx.function(slot.signature)}; ck({cx.digest(slot)});")


@form(2)
def struct_copy(cx):
    found = structs(cx)
    if not found:
        return None
    target, kind, variable = cx.rng.choice(found)
    source = cx.rng.choice(structs(cx, kind))[0]
    lines = [f"struct {kind} l = {target};", f"{target} = {source};"]
    if cx.chance(0.5):
        lines.append(f"{source} = l;")
    slot = cx.slot(pick=lambda slot: slot.variable is variable)
    return "{ " + "\n  ".join([*lines, f"ck({cx.digest(slot)});"]) + " }"


@form(1)
def struct_made(cx):
    """A whole struct, by a compound literal or out of a function."""
    found = structs(cx)
    if not found:
        return None
    target, kind, variable = cx.rng.choice(found)
    slots = next(slots for name, _, slots in cx.generator.structs if name == kind)
    literal = f"(struct {kind}){{ " + ", ".join(
        f"{path} = {cx.function(signature)}" for path, signature, dynamic in slots
        if not dynamic) + " }"
    slot = cx.slot(pick=lambda slot: slot.variable is variable)
    if cx.chance(0.5):
        return f"{target} = {literal}; ck({cx.digest(slot)});"
    name = cx.generator.name("make")
    cx.generator.helper(cx.unit, f"static {cx.generator.inline()}struct {kind} {name}(u32 u)",
                        [f"return {literal};"])
    return f"{target} = {name}({cx.number(1)}); ck({cx.digest(slot)});"


@form(1)
def beside(cx):
    """A member that is no pointer."""
    for lvalue, kind, _ in structs(cx):
        fields = next(fields for name, fields, _ in cx.generator.structs if name == kind)
        numbers = [field.split()[1].rstrip(";") for field in fields
                   if field.startswith(("int n", "long long l", "int b"))]
        if numbers:
            member = cx.rng.choice(numbers)
            if member == "long":
                continue
            return f"{lvalue}.{member} = (int)({cx.number(1)} & 7u); ck((u32){lvalue}.{member});"
    return None


@form(1)
def union_member(cx):
    slot = cx.slot(pick=lambda slot: slot.lvalue.endswith(".f"))
    if not slot:
        return None
    base, value = slot.lvalue[:-2], cx.function(slot.signature)
    store = cx.rng.choice([f"{base}.p = (void *){value};", f"{base}.w = (unsigned long){value};",
                           f"{base}.w ^= (unsigned long){value} ^ {base}.w;"])
    return f"{store} ck({cx.digest(slot)});"


@form(2)
def memory(cx):
    slot = cx.slot(pick=plain)
    if not slot:
        return None
    lvalue, name = slot.lvalue, slot.signature.name
    other = cx.slot(slot.signature, lambda slot: plain(slot))
    how = cx.rng.randrange(6)
    value = cx.function(slot.signature)
    if how == 0:
        lines = [f"{name} l = {value}; memcpy(&{lvalue}, &l, sizeof l);"]
    elif how == 1:
        lines = [f"{name} l; memcpy(&l, &{lvalue}, sizeof l); {lvalue} = {value};",
                 f"memmove(&{lvalue}, &l, sizeof l);"]
    elif how == 2:
        lines = [f"memmove(&{lvalue}, &{other.lvalue}, sizeof {lvalue});"]
    elif how == 3:
        lines = [f"memset(&{lvalue}, 0, sizeof {lvalue}); ck({lvalue} == 0); {lvalue} = {value};"]
    elif how == 4 and slot.variable.escapes:
        lines = [f"{name} l = {value}; size_t n = u & 1u ? sizeof l : 0;",
                 f"*(char *)memcpy(&{lvalue}, &l, n) += 0;"]
    else:
        array = slot.variable
        if not array.array or array.struct:
            return None
        lines = [f"{name} l[{array.array}]; memcpy(l, {array.name}, sizeof l); l[1] = {value};",
                 f"memcpy({array.name}, l, sizeof l);"]
    return "{ " + "\n  ".join([*lines, f"ck({cx.digest(slot)});"]) + " }"


@form(3)
def local_pointer(cx):
    """A local pointer to one object, which is as good as its name."""
    slot = cx.slot(pick=lambda slot: plain(slot) and not slot.dynamic)
    if not slot:
        return None
    variable, name, value = slot.variable, slot.signature.name, cx.function(slot.signature)
    if variable.struct and cx.chance(0.6):
        element = variable.name + cx.rng.choice(["[0]", "[1]"]) * bool(variable.array)
        members = [other for other in cx.slots
                   if other.lvalue.startswith(f"{element}.") and not other.dynamic]
        slot = cx.rng.choice(members)
        pointer, target = f"struct {variable.struct} *o = &{element};", slot.lvalue
        member = "o->" + slot.lvalue[len(element) + 1:]
        value = cx.function(slot.signature)
        whole = f"struct {variable.struct} l = *o;"
        back = "*o = l;" if cx.chance(0.5) else f"memcpy(o, &l, sizeof l); ck({cx.digest(slot)});"
    else:
        pointer, target, member = f"{name} *o = &{slot.lvalue};", slot.lvalue, "(*o)"
        whole, back = f"{name} l = {member};", f"{member} = l;"
    call = f"ck({slot.signature.digest(f'{member}({cx.arguments(slot.signature)})')});"
    middle = [whole, call, f"{member} = {value};", call, f"ck({member} == {target});", back]
    if cx.chance(0.3):
        middle.insert(2, store(cx))
    if cx.chance(0.2):
        middle.insert(2, f"__atomic_store_n(&{member}, {value}, __ATOMIC_SEQ_CST); {call}")
    return "{ " + "\n  ".join([pointer, *middle, f"ck({cx.digest(slot)});"]) + " }"


@form(2)
def atomic(cx):
    slot = cx.slot(pick=plain)
    if not slot:
        return None
    lvalue, value, name = slot.lvalue, cx.function(slot.signature), slot.signature.name
    return "{ " + cx.rng.choice([
        f"__atomic_store_n(&{lvalue}, {value}, __ATOMIC_SEQ_CST);",
        f"{name} l = {value}; __atomic_store(&{lvalue}, &l, __ATOMIC_RELEASE);",
        f"ck(__atomic_exchange_n(&{lvalue}, {value}, __ATOMIC_ACQ_REL) == {value});",
        f"{name} l = {lvalue}; ck(__atomic_compare_exchange_n(&{lvalue}, &l, {value}, 0, "
        "__ATOMIC_SEQ_CST, __ATOMIC_RELAXED));",
        f"{name} l = {value}; ck(__atomic_compare_exchange_n(&{lvalue}, &l, "
        f"{cx.function(slot.signature)}, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) + (l == {lvalue}));",
        f"ck(__sync_bool_compare_and_swap(&{lvalue}, {lvalue}, {value}));",
        f"ck(__sync_lock_test_and_set(&{lvalue}, {value}) == {value});",
        f"ck(__sync_val_compare_and_swap(&{lvalue}, {value}, {cx.function(slot.signature)}) == {value});",
    ]) + f" ck({cx.digest(slot)}); }}"


@form(1)
def assembly(cx):
    slot = cx.slot(pick=plain)
    if not slot:
        return None
    lvalue, value = slot.lvalue, cx.function(slot.signature)
    return cx.rng.choice([
        f'__asm__ volatile("" : "=rm"({lvalue}) : "0"({value}));',
        f'__asm__ volatile("" : "+m"({lvalue}));',
        f'{lvalue} = {value}; __asm__ volatile("" : : "r"({lvalue}), "m"({lvalue}) : "memory");',
        f'__asm__ volatile("" : "=r"({lvalue}) : "0"({value}) : "memory");',
    ]) + f" ck({cx.digest(slot)});"


@form(1)
def updated(cx):
    """The functions of the library."""
    slot = cx.slot(pick=plain)
    if not slot:
        return None
    lvalue, value = slot.lvalue, cx.function(slot.signature)
    return (f"ck(static_call_update({lvalue}, {value}) == 0); "
            f"ck(static_call_query({lvalue}) == {value}); ck({cx.digest(slot)});")


@form(2)
def escape(cx):
    slot = cx.slot(pick=may_escape)
    if not slot:
        return None
    signature, generator = slot.signature, cx.generator
    key = ("put", cx.unit, signature.name)
    if key not in generator.known:
        generator.known[key] = name = generator.name("put")
        generator.helper(cx.unit, f"static {generator.inline()}void {name}"
                         f"({signature.name} *p, {signature.name} f)", ["*p = f;"])
    put, value = generator.known[key], cx.value(signature)
    other = cx.slot(signature, may_escape)
    return cx.rng.choice([
        f"{put}(&{slot.lvalue}, {value});",
        f"{{ {signature.name} *p = &{slot.lvalue}; *p = {value}; }}",
        f"*(u & 1u ? &{slot.lvalue} : &{other.lvalue}) = {value};",
        f"{{ static {signature.name} *p = &{slot.lvalue}; *p = {cx.function(signature)}; }}"
        if not slot.dynamic else f"{put}(&{slot.lvalue}, {value});",
        f"{{ {signature.name} *p = &{slot.lvalue}; "
        f"__asm__ volatile(\"\" : \"+r\"(p)); *p = {value}; }}",
    ]) + f" ck({cx.digest(slot)});"


# ---- around them ----

@form(1)
def nested(cx):
    """A function inside the function, which may use its variables."""
    if cx.unit == "lib":
        return None
    slot = cx.slot()
    signature, name = slot.signature, cx.generator.name("nest")
    return (f"{{ u32 n = u; auto u32 {name}(u32 u); u32 {name}(u32 u) {{ n += u; "
            f"{slot.lvalue} = {cx.function(signature)}; return n + {cx.digest(slot)}; }}\n"
            f"  ck({name}({cx.number(1)})); ck({cx.digest(slot)}); ck(n); }}")


@form(1)
def nested_target(cx):
    """A pointer to a nested function is one to code on the stack."""
    slot = cx.slot(pick=lambda slot: slot.signature.name in ("s_ii", "s_ll", "s_dd", "s_vi"))
    if not slot:
        return None
    signature, name = slot.signature, cx.generator.name("nest")
    returns = "" if signature.result == "void" else f"return mk_{signature.result}(n);"
    return (f"{{ u32 n = u; auto {signature.head(name)}; {signature.head(name)} {{ n = mix(n, "
            f"dg_{signature.parameters[0]}(a0)); {returns} }}\n"
            f"  {slot.lvalue} = {name}; ck({slot.signature.digest(f'{slot.lvalue}({cx.arguments(signature)})')});"
            f" {slot.lvalue} = {cx.function(signature)}; ck(n); }}")


@form(1)
def jump_back(cx):
    """setjmp() and longjmp(), with calls and stores on the way."""
    generator, slot = cx.generator, cx.slot()
    key = ("jump", cx.unit)
    if key not in generator.known:
        generator.known[key] = name = generator.name("jump")
        generator.helper(cx.unit, f"static __attribute__((noreturn)) void {name}_to(jmp_buf *b, int v)",
                         ["longjmp(*b, v);"])
        generator.helper(cx.unit, f"static __attribute__((noreturn)) void {name}_too(jmp_buf *b, int v)",
                         ["ck((u32)v);", "longjmp(*b, v + 1);"])
        noreturn = cx.rng.choice([" __attribute__((noreturn))", ""])
        generator.helpers[cx.unit].append(generator.program.piece(
            f"static void (*{name})(jmp_buf *, int){noreturn} __static_call = {name}_to;"))
    jump = generator.known[key]
    return (f"{{ jmp_buf b; volatile u32 n = 0; int r = 0;\n"
            f"  switch (setjmp(b)) {{ case 0: n = {cx.digest(slot)}; {store(cx)} "
            f"{jump} = {cx.rng.choice([jump + '_to', jump + '_too'])}; {jump}(&b, 1); break;\n"
            f"  case 1: r = 5; {store(cx)} break; default: {call(cx)} }} "
            f"ck(n); ck((u32)r); {call(cx)} }}")


@form(1)
def computed_goto(cx):
    label = cx.generator.name("l")
    return (f"{{ __label__ {label}a, {label}b, {label}c; static void *const to[] = {{ &&{label}a, "
            f"&&{label}b, &&{label}c }}; u32 n = 0;\n"
            f"  goto *to[{cx.number(1)} % 3u];\n"
            f"{label}a: {store(cx)} if (n++ < 2u) goto *to[{cx.digest(cx.slot())} % 3u];\n"
            f"{label}b: {call(cx)}\n{label}c: {call(cx)} }}")


@form(1)
def statement_expression(cx):
    slot = cx.slot()
    return (f"ck(({{ u32 x = {cx.digest(slot)}; {slot.lvalue} = {cx.function(slot.signature)}; "
            f"mix(x, {cx.digest(slot)}); }}));")


@form(1)
def cleanup(cx):
    generator = cx.generator
    name, slot = generator.name("clean"), generator.visible_global(cx)
    generator.helper(cx.unit, f"static {generator.inline()}void {name}(u32 *p)",
                     [f"u32 u = *p; (void)u; {slot.lvalue} = {cx.function(slot.signature)}; ck(*p);"])
    return f"{{ __attribute__((cleanup({name}))) u32 c = {cx.number(1)}; {call(cx)} c++; {store(cx)} }}"


@form(1)
def stack(cx):
    """Memory on the stack whose size is known only at run time."""
    return (f"{{ u32 n = 1u + ({cx.number(1)} & 7u); char a[n]; memset(a, 1, n); "
            f"char *b = alloca(n); b[0] = 2; {call(cx)} ck((u32)(a[n - 1] + b[0])); }}")


@form(1)
def generic(cx):
    slot = cx.slot()
    return (f"{{ __typeof__({slot.lvalue}) l = {slot.lvalue}; "
            f"ck(_Generic(l, {slot.signature.name}: 3u, default: 3u)); {slot.lvalue} = l; "
            f"ck(memcmp(&l, &l, sizeof l) == 0); }}") if plain(slot) else None


@form(1)
def worker(cx):
    name, _ = cx.rng.choice(cx.generator.workers) if getattr(cx.generator, "workers", None) else ("", "")
    return f"{name}({cx.number(1)});" if name else None


@form(1)
def signal_handler(cx):
    """A store and a call in a handler, between two calls."""
    generator = cx.generator
    name, slot = generator.name("sig"), generator.visible_global(cx)
    generator.helper(cx.unit, f"static void {name}(int n)",
                     [f"u32 u = (u32)n; (void)u; {slot.lvalue} = {cx.function(slot.signature)};",
                      f"{generator.prefix}st++;"])
    return (f"{{ extern void (*signal(int, void (*)(int)))(int); extern int raise(int);\n"
            f"  {call(cx)} signal(10, {name}); raise(10); {call(cx)} }}")


@form(1)
def goto_loop(cx):
    label = cx.generator.name("l")
    return (f"{{ __label__ {label}; u32 n = 0;\n{label}: {call(cx)} {store(cx)} "
            f"if (n++ < {cx.rng.randint(1, 3)}u && {cx.digest(cx.slot())} & 1u) goto {label}; }}")

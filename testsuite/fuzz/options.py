# SPDX-License-Identifier: GPL-2.0-or-later
"""Random sets of options to compile a batch with, and ways to run it."""
import dataclasses

LEVELS = ["-O0", "-O0", "-O1", "-O1", "-O2", "-O2", "-O3", "-Os", "-Og"]
POSITIONS = [["-fno-pie", "-no-pie"], ["-fPIE", "-pie"], ["-fPIC", "-pie"]]

# What GCC and binutils have for every architecture, then what they have for one.
MORE = [
    ["-fno-plt"], ["-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"],
    ["-fno-inline"], ["-fipa-pta"], ["-fexceptions", "-fnon-call-exceptions"],
    ["-fno-toplevel-reorder"], ["-fcommon"], ["-g"], ["-fno-strict-aliasing"],
    ["-fno-optimize-sibling-calls"], ["-fchecking=2"], ["-fno-omit-frame-pointer"],
    ["-fstack-protector-strong"], ["-ftracer"], ["-fno-tree-ter"], ["-finline-functions"],
    ["-fno-guess-branch-probability"], ["-fno-jump-tables"], ["-fschedule-insns"], ["-fwrapv"],
    ["-fno-ipa-modref"], ["-fno-early-inlining"], ["-funroll-loops"], ["-fno-ipa-cp"],
    ["-fkeep-static-functions"], ["-fprofile-arcs"], ["-fsanitize=undefined"], ["-fopenmp"],
    ["-fno-zero-initialized-in-bss"],
    # lld does not look at what its input says of the stack.
    ["-fuse-ld=lld", "-Wl,-z,execstack"],
    ["-ftrivial-auto-var-init=pattern"], ["-fno-split-wide-types"], ["-fstack-clash-protection"],
]
MORE_OF = {
    "x86_64": [["-fcf-protection"], ["-mindirect-branch=thunk", "-fcf-protection=none"],
               ["-mindirect-branch=thunk-inline", "-fcf-protection=none"], ["-mno-red-zone"],
               ["-mharden-sls=all"], ["-mcmodel=medium"], ["-mtune=atom"], ["-fsplit-stack"],
               ["-mstackrealign"], ["-mpreferred-stack-boundary=5"]],
}
# What came with one version.
MORE_SINCE = {
    14: [["-fhardened", "-Wno-hardened"], ["-fharden-control-flow-redundancy"], ["-fstrub=all"],
         ["-ffold-mem-offsets"], ["-fmin-function-alignment=64"]],
    15: [["-fno-late-combine-instructions"], ["-favoid-store-forwarding"], ["-fno-ext-dce"]],
    16: [["-fspeculatively-call-stored-functions"], ["-fno-fuse-ops-with-volatile-access"]],
}
# The runtime counts on breakpoints only where a site crosses a word.
UNALIGNED = "-fplugin-arg-staticcall-align=none"


@dataclasses.dataclass(frozen=True)
class Options:
    compile: tuple          # for both builds
    position: tuple         # of the executable
    plugin: tuple           # for the build with the plugin


# What the other build is compared with, mostly: it is compiled in no time.
PLAIN = Options(("-O0",), ("-fPIE", "-pie"), ())


def choose(rng, machine, major):
    """Of what this version of GCC has: the same for a seed as long as that stays the same."""
    flags = [rng.choice(LEVELS)]
    more = MORE + MORE_OF.get(machine, [])
    more += [one for since in sorted(MORE_SINCE) if since <= major for one in MORE_SINCE[since]]
    for chosen in rng.sample(more, rng.choice([0, 0, 1, 2, 3])):
        flags += chosen
    plugin = []
    if rng.random() < 0.4:
        plugin.append("-fplugin-arg-staticcall-mark=*")
    if rng.random() < 0.3:
        plugin.append(UNALIGNED)
    return Options(tuple(flags), tuple(rng.choice(POSITIONS)), tuple(plugin))


def environments(rng, pokes):
    """One for each protocol."""
    for poke in pokes:
        made = {"STATICCALL_POKE": poke, "STATICCALL_WRITER": rng.choice(["mprotect", "mem"])}
        if rng.random() < 0.3:
            made["FUZZ_THREAD"] = "1"
        yield made

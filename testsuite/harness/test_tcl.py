# SPDX-License-Identifier: GPL-2.0-or-later
"""Words, lists and regular expressions mean what they mean to Tcl itself."""
import subprocess

import pytest

from harness import tcl, tclregex


def tcl_says(script):
    """What Tcl prints, in UTF-8; expect is the Tcl that runtest itself runs in."""
    done = subprocess.run(["expect", "-"], text=True, encoding="utf-8",
                          input=f"fconfigure stdout -encoding utf-8\n{script}\nflush stdout\n",
                          capture_output=True, timeout=60, check=True)
    return done.stdout


def braced(text):
    """`text` as one Tcl word, whatever it contains."""
    return '"' + "".join(f"\\u{ord(char):04x}" for char in text) + '"'


LISTS = [
    "a b  c", '"a b" c', "{a b} c", "{a {b c} d} e", r'"a\"b" c', r"{a\}b} c", r"a\ b c", r"{a\nb}",
    r'"a\nb"', r"a\tb", r"\x41\u00e9\101\q", '{ "a" }', "a{b c", 'a"b c', " \t a \n b ",
    r'"\[0-9\]"',
    "{", '"a', "{a}b", '"a"b', "", r"\\", r"{\\}", "[x] $y ;z", "{a\\\n  b}", '"a\\\n  b"',
]


@pytest.mark.parametrize("text", LISTS)
def test_list(text):
    said = tcl_says(f"if {{[catch {{foreach e {braced(text)} {{lappend found $e}}\n"
                 "set found [expr {[info exists found] ? $found : {}}]} why]} "
                 "{puts -nonewline ERROR} else {puts -nonewline [join $found |]}\n")
    try:
        ours = "|".join(tcl.elements(text))
    except tcl.TclError:
        ours = "ERROR"
    assert ours == said


SCRIPTS = [
    "a b c", '"a b" c', "{a $b [c]} d", r'"a\[b\]\$c" d', r"\$a \[b\]", "a$ b", '"$" "$)"',
    "a; b\nc d",
    "# comment\na", "{a};b", r"a\;b c", "a#b", "a \\\n b", '"a;b"', "{a;b}", ";;a;", r'"\{a\}"',
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_script(text):
    said = tcl_says("rename unknown saved\nproc unknown {args} {lappend ::found [join $args |]}\n"
                 f"catch {{eval {braced(text)}}}\nputs -nonewline [join $found /]\n")
    assert "/".join("|".join(command) for command in tcl.commands(text)) == said


@pytest.mark.parametrize("text", ["a [b]", "a $b", '"${b}"', '"$(b)"', "a $::b"])
def test_substitution_is_refused(text):
    with pytest.raises(tcl.TclError):
        tcl.commands(text)


TEXT = ("call\t__SCT__fp\n\tjmp\t*%rax\nfoo.bar [12] {x} $y ^z a+b\\c one two  three\nTHREE\n"
        "word_1 aaa abab 0x1f \"quoted\" -]-\tend\n")
PATTERNS = [
    "call", "^call", "^jmp", "end$", "end\n$", "one.two", "one +two", "foo\\.bar", "foo.bar",
    "p.*z",
    "p[^x]*jmp", "[a-f]+", "[^\n]+", "[[:digit:]]+", "[^[:alnum:][:space:]]", r"\d+", r"\D\d",
    r"\w+",
    r"\mword", r"three\M", r"\yone\y", r"\Yne", r"\Acall", r"end\n\Z", r"a\+b", r"\\c", r"a\+b\Bc",
    r"\*%rax", "(a|b)+", "(?:ab){2}", r"(a)\1", "a{3}", "a{2,}", "a{1,2}?", "{x}", r"\{x\}", "[]]",
    "[]x-]", "[^]a-z]", "[a\\]b]", r"[\d\s]+", "(?i)three", "(?n)^\tjmp", "(?n)one.*$", "(?n)[^x]*",
    "(?w)^foo", "(?p)p.*z", "***=[12]", "***:one", "o(?=ne)", "o(?!ne)", "|x", "a||b", "()", "$y",
    r"\$y",
    r"\x6f\u006ee", r"\tend", r"\]", "-", "[a-]", "[-a]", "[[.-.]]", "[[=a=]]", "[[:<:]]two[[:>:]]",
    r"\"quoted\"", "zzz", "x*", r"\n\t", "(?#comment)one", "^", "$", "word.1", "[.]", "[*+?]",
    "a|ab",
    r"[\w.]+", r"one\stwo", r"\S+", "[&&]", "[~-]", "two {2}t", r"[\[\]]",
    # Not regular expressions.
    "(", ")", "[", "a**", "*", "+a", "a{2", "(?<=a)b", "[[:nothing:]]", "\\", "a{3,1}", "(*)",
    r"\g",
    "a++", "(?P<n>a)", "a{1}{2}", "[z-a]", "|*", "(?=a)*", "(?!a){2}", r"\m+", "^*",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_regexp(pattern):
    """Tcl and we find the same first match, and as many, unless empty ones count too."""
    said = tcl_says(f"set pattern {braced(pattern)}\nset text {braced(TEXT)}\n"
                 "if {[catch {regexp -all -- $pattern $text} count]} "
                 "{puts -nonewline ERROR} else {\n"
                 "set first {-1 -2}\nregexp -indices -- $pattern $text first\n"
                 "puts -nonewline \"$count [lindex $first 0]\"}\n")
    try:
        matches = list(tclregex.compile(pattern).finditer(TEXT))
        ours = f"{len(matches)} {matches[0].start() if matches else -1}"
        if any(not match.group() for match in matches):
            ours, said = ours.split()[1], said.split()[1]
    except tclregex.RegexError:
        ours = "ERROR"
    assert ours == said

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arch.h: what the tool must know of a machine.  One file an architecture
 * fills in one struct arch; nothing outside those files knows an opcode or a
 * relocation type.
 */
#ifndef ARCH_H
#define ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value.h"

/*
 * struct code: the @size bytes at @at, with @before more in front of them, which
 * will execute at @addr.
 * @mode: the instruction set, as the low bits of an address choose it; see
 *	arch.mode_bits.
 * @toc: what the register of arch.toc holds, or 0.
 */
struct code {
	const uint8_t *at;
	size_t size;
	size_t before;
	uint64_t addr;
	unsigned int mode;
	uint64_t toc;
};

enum insn_kind {
	INSN_OTHER, /* nothing that belongs at a site */
	INSN_CALL,
	INSN_JUMP,	/* tail call */
	INSN_COND_JUMP, /* conditional tail call */
	INSN_NOP,	/* a call through NULL */
	INSN_RETURN,	/* a tail call through NULL */
	INSN_RETURN0,	/* a call that returns 0 */
	INSN_TRAP,	/* a breakpoint */
};

/*
 * struct insn: a decoded instruction.
 * @lead: bytes in front that it cannot do without, of an instruction that it
 *	forms a pair with.
 * @edit, @edited: where the bytes begin that an edit changes, and how many.
 * @target: of calls and jumps.
 * @switches: the target is in the other instruction set.
 * @fixed: NULL, or why it is never changed.
 */
struct insn {
	enum insn_kind kind;
	unsigned int len;
	unsigned int lead;
	unsigned int edit;
	unsigned int edited;
	uint64_t target;
	bool switches;
	const char *fixed;
};

/*
 * struct jump: where straight code jumps to.
 * @tested: what it jumps to is compared with 0 first; there it returns.
 */
struct jump {
	struct value target;
	bool tested;
};

enum howto_op {
	HOWTO_SET,
	HOWTO_ADD, /* to what the field holds */
	HOWTO_SUB,
};

/*
 * struct howto: how a relocation type of object files changes its field.
 * @size: bytes of the field; 0 for a mark that changes nothing.
 * @pcrel: the field holds the distance from itself.
 * @opaque: the value cannot be computed here; also for unknown types.
 * @no_addend: the addend is no part of the value.
 * @entry: of a function, the entry for callers in the same file is meant.
 * @get, @put: for a field inside an instruction: its value, sign-extended, and
 *	a new one; @put fails where that does not fit.  Else the field is a number.
 */
struct howto {
	unsigned int size;
	bool pcrel;
	bool opaque;
	bool no_addend;
	bool entry;
	enum howto_op op;
	uint64_t (*get)(const uint8_t *field);
	bool (*put)(uint8_t *field, uint64_t value);
};

enum dynamic_reloc {
	DYNAMIC_OTHER,
	DYNAMIC_RELATIVE, /* load address + addend */
	DYNAMIC_SYMBOL,	  /* symbol + addend */
	DYNAMIC_GLOB_DAT, /* symbol */
};

/*
 * struct arch: one architecture, word size and byte order.
 * @word: bytes of the aligned word that all that changes must lie in for an
 *	instruction to be replaced by a single store.
 * @insn_align: of every instruction, in bytes.
 * @prefix: the byte in front of every site's address, which is part of its instruction
 *	and never changes; 0 where there is none.
 * @insn_before, @insn_max: bytes in front of a site, and from there on, that
 *	@decode may need.
 * @traps: where a single store is not enough, breakpoints are.
 * @toc: a register always holds the address that is so far behind the start of
 *	.got; 0 if none does.
 * @mode_bits: bits of a function's address that choose an instruction set.
 * @relaxes: linkers make code shorter; where it is in an object file does not tell
 *	its alignment in the end.
 * @mapping_symbols: symbols called $a, $d, $t, $x... tell code from data.
 * @return_stub: where a return stands in front of a trampoline, by the instruction
 *	set of that; 0 where there is none.  Branches to other places near there go
 *	to what returns 0.
 * @decode: read the instruction.
 * @howto: a relocation type of object files.
 * @dynamic: what a relocation type of the dynamic linker does.
 * @jump: what the straight code of a trampoline, or of what a linker put between,
 *	jumps to; false if its form is not known.
 * @entry: NULL, or how far behind the start of the function at @code those begin
 *	that call it directly, from the same file; @entry_of: the same, from its
 *	symbol's st_other.
 */
struct arch {
	const char *name;
	uint16_t machine;
	uint8_t elf_class;
	uint8_t elf_data;
	unsigned int word;
	unsigned int insn_align;
	uint8_t prefix;
	unsigned int insn_before;
	unsigned int insn_max;
	bool traps;
	unsigned int toc;
	unsigned int mode_bits;
	bool relaxes;
	bool mapping_symbols;
	unsigned int return_stub[2];
	void (*decode)(const struct code *code, struct insn *insn);
	struct howto (*howto)(uint32_t type);
	enum dynamic_reloc (*dynamic)(uint32_t type);
	bool (*jump)(const struct code *code, struct jump *jump);
	unsigned int (*entry)(const struct code *code);
	unsigned int (*entry_of)(unsigned int other);
};

/* What @jump and @entry look at is no longer. */
#define ARCH_JUMP_MAX  64
#define ARCH_ENTRY_MAX 8

/* The stubs in front of a trampoline are no longer. */
#define ARCH_STUBS_MAX 16

/* Bounds of insn_before and insn_max. */
#define ARCH_BEFORE_MAX 4
#define ARCH_INSN_MAX	8

/* arch_find: NULL where the tool does not know it. */
const struct arch *arch_find(uint16_t machine, uint8_t elf_class, uint8_t elf_data);

/* arch_names: those that the tool knows, for messages. */
const char *arch_names(void);

/* arch_decode: as arch->decode(); addresses wrap where they have 32 bits. */
void arch_decode(const struct arch *arch, const struct code *code, struct insn *insn);

/* arch_address: an address of the file, from a sum. */
uint64_t arch_address(const struct arch *arch, uint64_t sum);

extern const struct arch arch_arm;
extern const struct arch arch_arm64;
extern const struct arch arch_i386;
extern const struct arch arch_powerpc;
extern const struct arch arch_powerpc64le;
extern const struct arch arch_riscv64;
extern const struct arch arch_s390x;
extern const struct arch arch_x86_64;

#endif /* ARCH_H */

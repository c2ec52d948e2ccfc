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
 * struct insn: a decoded instruction; @target for calls and jumps.
 */
struct insn {
	enum insn_kind kind;
	unsigned int len;
	uint64_t target;
};

/*
 * struct howto: how a relocation type of object files changes its field.
 * @size: bytes of the field; 0 for a mark that changes nothing.
 * @pcrel: the field holds the distance from itself.
 * @opaque: the value cannot be computed here; also for unknown types.
 */
struct howto {
	unsigned int size;
	bool pcrel;
	bool opaque;
};

enum dynamic_reloc {
	DYNAMIC_OTHER,
	DYNAMIC_RELATIVE, /* load address + addend */
	DYNAMIC_SYMBOL,	  /* symbol + addend */
};

/*
 * struct tramp: the pointer that a trampoline jumps through is @offset bytes
 * from @place, or, if @indirect, from the address that the cell there holds.
 */
struct tramp {
	uint64_t place;
	int64_t offset;
	bool indirect;
};

/*
 * struct arch: one architecture, word size and byte order.
 * @word: bytes of the aligned word that an instruction must lie in to be
 *	replaced by a single store.
 * @insn_max: bytes of the longest instruction that may be a site.
 * @decode: read the instruction in the @size bytes at @code, which will
 *	execute at @addr.
 * @howto: a relocation type of object files.
 * @dynamic: what a relocation type of the dynamic linker does.
 * @tramp_slot: where the trampoline at @code gets its target from; false if
 *	its form is not known.
 */
struct arch {
	const char *name;
	uint16_t machine;
	uint8_t elf_class;
	uint8_t elf_data;
	unsigned int word;
	unsigned int insn_max;
	void (*decode)(const uint8_t *code, size_t size, uint64_t addr,
		       struct insn *insn);
	struct howto (*howto)(uint32_t type);
	enum dynamic_reloc (*dynamic)(uint32_t type);
	bool (*tramp_slot)(const uint8_t *code, size_t size, uint64_t addr,
			   struct tramp *tramp);
};

/* arch_find: NULL where the tool does not know it. */
const struct arch *arch_find(uint16_t machine, uint8_t elf_class, uint8_t elf_data);

/* arch_names: those that the tool knows, for messages. */
const char *arch_names(void);

extern const struct arch arch_x86_64;

#endif /* ARCH_H */

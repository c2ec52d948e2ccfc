/* SPDX-License-Identifier: MIT */
/*
 * syscall.c: system calls and threads, by instructions of this architecture.
 *
 * A file of its own, so that a static program may replace them: see arch/arch.h.
 */
#include "internal.h"
#include ARCH_SYSCALLS

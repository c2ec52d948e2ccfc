/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process.h: another process's mappings and memory, as /proc shows them.
 *
 * The process need not cooperate and is not stopped.  All is reached through
 * one descriptor of its folder in /proc, so that a new process that gets the
 * same number is never taken for it.  Of a process whose first thread has
 * exited that folder is empty; there any other thread is as good.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "msg.h"

/* struct mapping: @path is NULL where no file is mapped. */
struct mapping {
	uint64_t start, end, offset;
	uint64_t device, inode;
	bool executable;
	bool deleted;
	char *path;
};

struct process {
	pid_t pid;
	int dir;    /* /proc/PID */
	int thread; /* the same, or /proc/TID of one that lives */
	int memory; /* mem in there */
	char *name;
	struct mapping *map;
	size_t nmap;
	uint8_t *window; /* what was read last */
	uint64_t window_start;
	size_t window_size;
};

bool process_open(pid_t pid, struct process *proc, struct fault *fault);
void process_close(struct process *proc);

/* process_alive: false once it has exited. */
bool process_alive(struct process *proc);

/* process_mapping: the mapping that holds the address, or NULL. */
const struct mapping *process_mapping(const struct process *proc, uint64_t addr);

/* process_file: open what is mapped, be it deleted; -1 with the reason. */
int process_file(struct process *proc, const struct mapping *map, struct fault *fault);

/*
 * process_read: copy memory.  Neighbours of what was read last come from the
 * same reading, until process_forget().
 */
bool process_read(struct process *proc, uint64_t addr, void *buf, size_t size);
void process_forget(struct process *proc);

#endif /* PROCESS_H */

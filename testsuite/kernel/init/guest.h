/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest.h: what the one program of the guest does.
 *
 *   main.c        the order of things
 *   events.c      tracepoints, perf events and live patches, on and off
 *   faults.c      a module whose loading fails, at each allocation in turn
 *   interrupts.c  what an update costs
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>

/* A line that the host looks for: done, or what went wrong. */
void said(const char *what, int failed);

/* All of these return 0, or -1 and errno. */
int store(const char *path, const char *text);
int load(const char *path);
int unload(const char *name);

bool there(const char *path);

void events(void);
void live_patch_on(const char *path, const char *name);
void live_patch_off(const char *path, const char *name);
void fail_loading(const char *path, const char *name);
void count_interrupts(void);

#endif

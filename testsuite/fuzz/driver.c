/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver.c: main() of the generated programs: runs each of them, or the one
 * whose seed is given, and prints what it came to.
 *
 * Compiled once, without the plugin, and used for both builds.
 *
 * FUZZ_TRACE=1   print every number that goes into the result
 * FUZZ_THREAD=1  have a second thread meanwhile, so that updates have cores to
 *                synchronize with
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

extern const struct fuzz_program {
	unsigned int seed;
	void (*run)(void);
} fuzz_programs[];

int fuel;

static u32 result;
static int trace;
static volatile int done;

void ck(u32 value)
{
	if (trace)
		printf("  %08x\n", value);
	result = mix(result, value);
}

u32 mix(u32 h, u32 v)
{
	return (h ^ v) * 0x9e3779b1u + (h >> 15);
}

struct small mk_small(u32 u)
{
	return (struct small){ mk_int(u), mk_long(u * 3) };
}

u32 dg_small(struct small s)
{
	return mix((u32)s.a, (u32)s.b);
}

struct big mk_big(u32 u)
{
	return (struct big){ { u & 7, u & 15, u & 31, mk_long(u), -1 } };
}

u32 dg_big(struct big b)
{
	return mix((u32)b.a[0] + (u32)b.a[1] + (u32)b.a[2], (u32)b.a[3] - (u32)b.a[4]);
}

struct pair mk_pair(u32 u)
{
	return (struct pair){ mk_float(u), mk_float(u >> 4) };
}

u32 dg_pair(struct pair p)
{
	return mix((u32)p.x, (u32)p.y);
}

struct odd mk_odd(u32 u)
{
	return (struct odd){ { (char)(u & 63), 5, (char)(u >> 4 & 63) } };
}

u32 dg_odd(struct odd o)
{
	return mix((u32)o.c[0] + (u32)o.c[1], (u32)o.c[2]);
}

vec mk_vec(u32 u)
{
	return (vec){ mk_int(u), 1, mk_int(u >> 3), 7 };
}

u32 dg_vec(vec v)
{
	return mix((u32)v[0] + (u32)v[1], (u32)v[2] + (u32)v[3]);
}

cplx mk_cplx(u32 u)
{
	cplx z = mk_double(u);

	__imag__ z = mk_double(u >> 8);
	return z;
}

u32 dg_cplx(cplx z)
{
	return mix((u32)__real__ z, (u32)__imag__ z);
}

i128 mk_i128(u32 u)
{
	return (i128)u << 40 | (u ^ 0x55u);
}

u32 dg_i128(i128 v)
{
	return mix((u32)v, (u32)(v >> 64) + (u32)(v >> 40));
}

static void *spin(void *arg)
{
	while (!done)
		sched_yield();
	return arg;
}

extern int __static_call_stats(struct static_call_stats *stats, size_t size)
	__attribute__((weak));

static void say_stats(void)
{
	struct static_call_stats s;

	if (__static_call_stats && !static_call_stats(&s))
		fprintf(stderr, "%lu sites %lu patched %lu updates %lu traps\n",
			(unsigned long)s.sites, (unsigned long)s.patched,
			(unsigned long)s.updates, (unsigned long)s.traps);
}

int main(int argc, char **argv)
{
	const struct fuzz_program *p;
	unsigned long only = argc > 1 ? strtoul(argv[1], NULL, 0) : 0;
	pthread_t thread;
	int threaded = getenv("FUZZ_THREAD") && !pthread_create(&thread, NULL, spin, NULL);

	trace = getenv("FUZZ_TRACE") != NULL;
	/* Who is killed leaves the results of those before. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (p = fuzz_programs; p->run; p++) {
		if (argc > 1 && p->seed != only)
			continue;
		result = 0;
		fuel = 50;
		p->run();
		printf("%u %08x\n", p->seed, result);
	}
	done = 1;
	if (threaded)
		pthread_join(thread, NULL);
	say_stats();
	return 0;
}

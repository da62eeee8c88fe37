/* SPDX-License-Identifier: MIT */
/* registers - those of a stopped thread, taken and given back to the last bit.
 *
 * The extended ones (vectors, floating point, AMX) are written back with exactly the
 * length that the kernel gave: with any other it writes others.  x86-64 and aarch64;
 * elsewhere registers_known is false and everything fails. */
#ifndef MEMSEE_ATTACH_REGISTERS_H
#define MEMSEE_ATTACH_REGISTERS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#if defined __x86_64__
#include <sys/user.h>
#define REGISTERS_X86_64 1
typedef struct user_regs_struct registers_general;
#define REGISTERS_TRAP "\x0f\x05" /* syscall */
#elif defined __aarch64__
#include <asm/ptrace.h>
#define REGISTERS_AARCH64 1
typedef struct user_pt_regs registers_general;
#define REGISTERS_TRAP "\x01\x00\x00\xd4" /* svc #0 */
#else
typedef struct {
	uint64_t none;
} registers_general;
#define REGISTERS_TRAP ""
#endif

enum { REGISTERS_EXTENDED_MAX = 65536, REGISTERS_SETS = 2 };

struct registers {
	registers_general general;
	int64_t system_call; /* that it sleeps in, -1 in none */
	/* The extended ones: one set or two. */
	struct {
		int type; /* of the note: NT_… */
		size_t size;
	} set[REGISTERS_SETS];
	size_t set_count;
	unsigned char extended[REGISTERS_EXTENDED_MAX];
};

/* What memsee knows how to make a thread do. */
extern const bool registers_known;

bool registers_take(pid_t tid, struct registers *r, struct error *err);
bool registers_give(pid_t tid, const struct registers *r, struct error *err);

/* Only the general ones, for the steps between. */
bool registers_set(pid_t tid, const registers_general *general, struct error *err);
bool registers_get(pid_t tid, registers_general *general, struct error *err);

/* Makes them those of a thread that is about to execute a system call at `trap`. */
void registers_call_system(
	registers_general *g, uint64_t trap, long number, const uint64_t arguments[6]);
/* The same for a function, which returns to `back`; `*stack` is where the stack will be
 * and `*push` whether `back` is to be written there. */
void registers_call(registers_general *g, uint64_t function, const uint64_t arguments[2],
	uint64_t back, bool *push);
uint64_t registers_stack(const registers_general *g);
uint64_t registers_place(const registers_general *g); /* of the next instruction */
uint64_t registers_result(const registers_general *g);
/* Argument 0 or 1 of the system call that it sleeps in; false where the processor does
 * not keep it. */
bool registers_argument(const struct registers *r, int n, uint64_t *value);

#endif

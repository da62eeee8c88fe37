/* SPDX-License-Identifier: MIT */
#include "attach/registers.h"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#ifndef NT_ARM_SYSTEM_CALL
#define NT_ARM_SYSTEM_CALL 0x404
#endif
#ifndef NT_ARM_SVE
#define NT_ARM_SVE 0x405
#endif

static bool registers_failed(pid_t tid, struct error *err)
{
	return error_set(err, STATUS_DATA, "the registers of thread %d: %s", (int)tid,
		strerror(errno));
}

static bool registers_note(int request, pid_t tid, int type, void *data, size_t *size)
{
	struct iovec io = { data, *size };
	bool ok = ptrace((enum __ptrace_request)request, tid, (void *)(uintptr_t)type,
			  &io) == 0;
	*size = io.iov_len;
	return ok;
}

bool registers_get(pid_t tid, registers_general *general, struct error *err)
{
	size_t size = sizeof *general;
	return registers_note(PTRACE_GETREGSET, tid, NT_PRSTATUS, general, &size) ||
	       registers_failed(tid, err);
}

bool registers_set(pid_t tid, const registers_general *general, struct error *err)
{
	registers_general copy = *general;
	size_t size = sizeof copy;
	return registers_note(PTRACE_SETREGSET, tid, NT_PRSTATUS, &copy, &size) ||
	       registers_failed(tid, err);
}

/* One extended set behind those that are there. */
static bool registers_take_set(pid_t tid, struct registers *r, int type)
{
	size_t used = 0;
	for (size_t i = 0; i < r->set_count; i++)
		used += r->set[i].size;
	size_t size = sizeof r->extended - used;
	if (!registers_note(PTRACE_GETREGSET, tid, type, r->extended + used, &size))
		return false;
	r->set[r->set_count].type = type;
	r->set[r->set_count++].size = size;
	return true;
}

static bool registers_give_sets(pid_t tid, const struct registers *r)
{
	size_t used = 0;
	for (size_t i = 0; i < r->set_count; i++) {
		size_t size = r->set[i].size;
		if (!registers_note(PTRACE_SETREGSET, tid, r->set[i].type,
			    (void *)(uintptr_t)(r->extended + used), &size))
			return false;
		used += r->set[i].size;
	}
	return true;
}

#if defined REGISTERS_X86_64

const bool registers_known = true;

bool registers_take(pid_t tid, struct registers *r, struct error *err)
{
	r->set_count = 0;
	if (!registers_get(tid, &r->general, err))
		return false;
	r->system_call = (int64_t)r->general.orig_rax;
	return registers_take_set(tid, r, NT_X86_XSTATE) || registers_failed(tid, err);
}

bool registers_give(pid_t tid, const struct registers *r, struct error *err)
{
	if (!registers_give_sets(tid, r))
		return registers_failed(tid, err);
	return registers_set(tid, &r->general, err);
}

void registers_call_system(
	registers_general *g, uint64_t trap, long number, const uint64_t arguments[6])
{
	g->orig_rax = (uint64_t)-1; /* the one it sleeps in is not to be restarted now */
	g->rax = (uint64_t)number;
	g->rdi = arguments[0];
	g->rsi = arguments[1];
	g->rdx = arguments[2];
	g->r10 = arguments[3];
	g->r8 = arguments[4];
	g->r9 = arguments[5];
	g->rip = trap;
}

/* The System V ABI: below the stack pointer 128 bytes belong to the function that runs,
 * and on entry of a function the stack is 8 off a multiple of 16. */
void registers_call(registers_general *g, uint64_t function, const uint64_t arguments[2],
	uint64_t back, bool *push)
{
	enum { RED_ZONE = 512, DIRECTION = 0x400 };
	(void)back;
	g->orig_rax = (uint64_t)-1;
	g->rax = 0;
	g->rdi = arguments[0];
	g->rsi = arguments[1];
	g->rip = function;
	g->eflags &= ~(uint64_t)DIRECTION;
	g->rsp = ((g->rsp - RED_ZONE) & ~UINT64_C(15)) - 8;
	*push = true;
}

uint64_t registers_stack(const registers_general *g)
{
	return g->rsp;
}

uint64_t registers_place(const registers_general *g)
{
	return g->rip;
}

uint64_t registers_result(const registers_general *g)
{
	return g->rax;
}

bool registers_argument(const struct registers *r, int n, uint64_t *value)
{
	*value = n == 0 ? r->general.rdi : r->general.rsi;
	return true;
}

#elif defined REGISTERS_AARCH64

const bool registers_known = true;

bool registers_take(pid_t tid, struct registers *r, struct error *err)
{
	int number = -1;
	size_t size = sizeof number;
	r->set_count = 0;
	if (!registers_get(tid, &r->general, err))
		return false;
	if (!registers_note(PTRACE_GETREGSET, tid, NT_ARM_SYSTEM_CALL, &number, &size) ||
		!registers_take_set(tid, r, NT_PRFPREG))
		return registers_failed(tid, err);
	r->system_call = number;
	/* It holds the other set too, but only where the processor has it. */
	registers_take_set(tid, r, NT_ARM_SVE);
	return true;
}

bool registers_give(pid_t tid, const struct registers *r, struct error *err)
{
	int number = (int)r->system_call;
	size_t size = sizeof number;
	if (!registers_give_sets(tid, r) || !registers_note(PTRACE_SETREGSET, tid,
						    NT_ARM_SYSTEM_CALL, &number, &size))
		return registers_failed(tid, err);
	return registers_set(tid, &r->general, err);
}

void registers_call_system(
	registers_general *g, uint64_t trap, long number, const uint64_t arguments[6])
{
	for (int i = 0; i < 6; i++)
		g->regs[i] = arguments[i];
	g->regs[8] = (uint64_t)number;
	g->pc = trap;
}

void registers_call(registers_general *g, uint64_t function, const uint64_t arguments[2],
	uint64_t back, bool *push)
{
	enum { RED_ZONE = 512 };
	g->regs[0] = arguments[0];
	g->regs[1] = arguments[1];
	g->regs[30] = back;
	g->sp = (g->sp - RED_ZONE) & ~UINT64_C(15);
	g->pc = function;
	*push = false;
}

uint64_t registers_stack(const registers_general *g)
{
	return g->sp;
}

uint64_t registers_place(const registers_general *g)
{
	return g->pc;
}

uint64_t registers_result(const registers_general *g)
{
	return g->regs[0];
}

/* The first one has become the result by then. */
bool registers_argument(const struct registers *r, int n, uint64_t *value)
{
	*value = r->general.regs[n];
	return n > 0;
}

#else

const bool registers_known = false;

bool registers_take(pid_t tid, struct registers *r, struct error *err)
{
	(void)tid, (void)r;
	return error_set(
		err, STATUS_DATA, "memsee cannot control threads on this processor");
}

bool registers_give(pid_t tid, const struct registers *r, struct error *err)
{
	return registers_take(tid, (struct registers *)(uintptr_t)r, err);
}

void registers_call_system(
	registers_general *g, uint64_t trap, long number, const uint64_t arguments[6])
{
	(void)g, (void)trap, (void)number, (void)arguments;
}

void registers_call(registers_general *g, uint64_t function, const uint64_t arguments[2],
	uint64_t back, bool *push)
{
	(void)g, (void)function, (void)arguments, (void)back;
	*push = false;
}

uint64_t registers_stack(const registers_general *g)
{
	return g->none;
}

uint64_t registers_place(const registers_general *g)
{
	return g->none;
}

uint64_t registers_result(const registers_general *g)
{
	return g->none;
}

bool registers_argument(const struct registers *r, int n, uint64_t *value)
{
	(void)r, (void)n;
	*value = 0;
	return false;
}

#endif

/* SPDX-License-Identifier: MIT */
/* redact - objects without what the program's users put into them.
 *
 * Values are replaced while a dump is read, before anything else sees them, so nothing
 * that is made of the database later can tell them, whatever queries, formats or messages
 * there are.  What stays is what is known to say nothing of them:
 *
 *   - addresses, types, sizes, lengths, references, True and False;
 *   - names of functions, classes, modules and code that are made as names are;
 *   - the names that CPython itself gives, such as __main__ and .f_back, by a list;
 *   - a number in a label when it is the place of an item in a list or a tuple;
 *   - the reasons for roots that dumpers give, by a list.
 *
 * All else goes: values (texts, bytes, numbers), other objects' names, and in labels the
 * keys of dicts, attribute names and local variables.
 *
 * A value becomes `redacted_N_HASH`: its length in characters and 48 bits of a keyed
 * hash.  Equal values have equal hashes, so duplicates still show; without the key nobody
 * can try out what a hash stands for. */
#ifndef MEMSEE_DUMP_REDACT_H
#define MEMSEE_DUMP_REDACT_H

#include "base/cell.h"
#include "base/error.h"
#include "base/siphash.h"
#include "dump/dump.h"
#include "dump/runtime.h"

/* What one thread works with; the rooms are used again. */
struct redact {
	const struct siphash_key *key; /* borrowed; NULL: everything stays */
	const struct runtime *runtime; /* says which types are code and which sequences */
	struct buffer type, name, value, labels, root, room;
};

/* The key that `secret` stands for; NULL or "": a random one.  STATUS_DATA when the
 * system has no random numbers. */
bool redact_make_key(struct siphash_key *key, const char *secret, struct error *err);

void redact_init(
	struct redact *r, const struct siphash_key *key, const struct runtime *runtime);
void redact_fini(struct redact *r);

/* Replaces what is to go in an object; the new texts are borrowed until the next call.
 * False out of memory.  O(bytes). */
bool redact_object(struct redact *r, struct dump_object *o);

/* Whether a fact about a process, as a dump tells it, may stay: a number that is none of
 * the user's, a version, a time. */
bool redact_may_keep_fact(const char *name, struct cell value);

#endif

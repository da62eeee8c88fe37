/* SPDX-License-Identifier: MIT */
/* redact - removes user data from objects.
 *
 * Values are replaced while a dump is read, before anything else sees them.  So nothing
 * made from the database later can reveal them, whatever the query, format or message.
 * Only what is known to reveal nothing about users stays:
 *
 *   - addresses, types, sizes, lengths, references, True and False;
 *   - names of functions, classes, modules and code that look like such names;
 *   - names that CPython itself gives, such as __main__ and .f_back, from a list;
 *   - a number in a label if it is the place of an item in a list or a tuple;
 *   - the reasons for roots that dumpers give, from a list.
 *
 * Everything else goes: values (texts, bytes, numbers), the names of other objects, and
 * in labels the keys of dicts, attribute names and local variables.
 *
 * A value becomes `redacted_N_HASH`: its length in characters and 48 bits of a keyed
 * hash.  Equal values have equal hashes, so duplicates still show.  Without the key
 * nobody can guess a value and check the guess. */
#ifndef MEMSEE_DUMP_REDACT_H
#define MEMSEE_DUMP_REDACT_H

#include "base/cell.h"
#include "base/error.h"
#include "base/siphash.h"
#include "dump/dump.h"
#include "dump/runtime.h"

/* The state of one thread.  The buffers are reused. */
struct redact {
	const struct siphash_key *key; /* borrowed; NULL: redact nothing */
	const struct runtime *runtime; /* knows which types are code or sequences */
	struct buffer type, name, value, labels, root, room;
};

/* Makes the key from `secret`, or a random one if that is NULL or "".  STATUS_DATA if the
 * system has no random numbers. */
bool redact_make_key(struct siphash_key *key, const char *secret, struct error *err);

void redact_init(
	struct redact *r, const struct siphash_key *key, const struct runtime *runtime);
void redact_fini(struct redact *r);

/* Redacts an object; the new texts are borrowed until the next call.  False out of
 * memory. O(bytes). */
bool redact_object(struct redact *r, struct dump_object *o);

/* May a fact about a process stay: a number that cannot be an address, a version, a
 * time? */
bool redact_may_keep_fact(const char *name, struct cell value);

#endif

/* SPDX-License-Identifier: MIT */
/* redact - objects without what the program's users put into them.
 *
 * Values are replaced while a dump is read, before anything else sees them, so nothing
 * that is made of the database later can tell them, whatever queries, formats or messages
 * there are.  What stays: addresses, types, sizes, lengths, references, and the names of
 * classes, functions and modules.  What goes: values (texts, bytes, integers, but not
 * True and False nor names like __main__, which Python reserves), and with them dict
 * keys, attribute names and local variables, also where the dump gives them as labels.
 *
 * A value becomes `redacted_N_HASH`: its length in characters and 48 bits of a keyed
 * hash.  Equal values have equal hashes, so duplicates still show; without the key nobody
 * can try out what a hash stands for. */
#ifndef MEMSEE_DUMP_REDACT_H
#define MEMSEE_DUMP_REDACT_H

#include "base/error.h"
#include "base/siphash.h"
#include "dump/dump.h"

/* What one thread works with; the rooms are used again. */
struct redact {
	const struct siphash_key *key; /* borrowed; NULL: everything stays */
	struct buffer value, labels, room;
};

/* The key that `secret` stands for; NULL or "": a random one.  STATUS_DATA when the
 * system has no random numbers. */
bool redact_make_key(struct siphash_key *key, const char *secret, struct error *err);

void redact_init(struct redact *r, const struct siphash_key *key);
void redact_fini(struct redact *r);

/* Replaces what is to go in an object; the new texts are borrowed until the next call.
 * False out of memory.  O(bytes). */
bool redact_object(struct redact *r, struct dump_object *o);

#endif

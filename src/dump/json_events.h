/* SPDX-License-Identifier: MIT */
/* json_events - JSON as a row of events, for readers that know what to make of them.
 *
 * yajl with one function in place of eleven.  Strings come decoded: what in them is no
 * UTF-8 is for the reader to see to.  Numbers come as they are written. */
#ifndef MEMSEE_DUMP_JSON_EVENTS_H
#define MEMSEE_DUMP_JSON_EVENTS_H

#include "dump/dump.h"

enum json_event {
	JSON_MAP,
	JSON_MAP_END,
	JSON_LIST,
	JSON_LIST_END,
	JSON_KEY,
	JSON_STRING,
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
};

/* False ends the reading.  `text` is borrowed during the call. */
typedef bool json_handler(
	void *data, enum json_event event, const char *text, size_t len);

struct json_events {
	struct yajl_handle_t *yajl;
	json_handler *on;
	void *data;
	bool stopped; /* the handler ended it */
};

/* One document after the other.  False out of memory. */
bool json_events_open(struct json_events *e, json_handler *on, void *data);
void json_events_close(struct json_events *e);

/* Goes on with these bytes.  False when they are no JSON, which `*fault` explains, or
 * when the handler ended it; then nothing can follow. */
bool json_events_feed(
	struct json_events *e, const char *text, size_t len, struct dump_fault *fault);

/* Why yajl stopped within these bytes, the last it was given: its reason, and in which
 * column, from 1. */
void json_explain(struct yajl_handle_t *yajl, const char *text, size_t len,
	struct dump_fault *fault);

/* Do the bytes, behind white space and a byte order mark, begin a JSON object whose first
 * key is `key`?  Then where its value begins; else NULL. */
const unsigned char *json_head_key(
	const unsigned char *head, size_t len, const char *key);

#endif

/* SPDX-License-Identifier: MIT */
/* json_events - JSON as a sequence of events.
 *
 * This is yajl with one callback instead of eleven.  Strings are decoded but may hold
 * bytes that are not UTF-8.  Numbers are texts, as written. */
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

/* Return false to stop.  `text` is borrowed during the call. */
typedef bool json_handler(
	void *data, enum json_event event, const char *text, size_t len);

struct json_events {
	struct yajl_handle_t *yajl;
	json_handler *on;
	void *data;
	bool stopped; /* the handler returned false */
};

/* Several documents may follow each other.  False out of memory. */
bool json_events_open(struct json_events *e, json_handler *on, void *data);
void json_events_close(struct json_events *e);

/* Parses the next bytes.  False if they are not JSON, which `*fault` explains, or if the
 * handler returned false; then nothing more can be parsed. */
bool json_events_feed(
	struct json_events *e, const char *text, size_t len, struct dump_fault *fault);

/* Explains why yajl stopped within these bytes, the last that it was given: its reason,
 * and the column, counted from 1. */
void json_explain(struct yajl_handle_t *yajl, const char *text, size_t len,
	struct dump_fault *fault);

/* Returns where the value begins if the bytes, after a byte order mark and white space,
 * begin a JSON object whose first key is `key`; else NULL. */
const unsigned char *json_head_key(
	const unsigned char *head, size_t len, const char *key);

#endif

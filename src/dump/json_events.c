/* SPDX-License-Identifier: MIT */
#include "dump/json_events.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <yajl/yajl_parse.h>

static int json_tell(void *events, enum json_event event, const char *text, size_t len)
{
	struct json_events *e = events;
	assert(!e->stopped);
	e->stopped = !e->on(e->data, event, text, len);
	return !e->stopped;
}

static int json_on_null(void *events)
{
	return json_tell(events, JSON_NULL, "null", 4);
}

static int json_on_boolean(void *events, int value)
{
	return value ? json_tell(events, JSON_TRUE, "true", 4)
		     : json_tell(events, JSON_FALSE, "false", 5);
}

static int json_on_number(void *events, const char *text, size_t len)
{
	return json_tell(events, JSON_NUMBER, text, len);
}

static int json_on_string(void *events, const unsigned char *text, size_t len)
{
	return json_tell(events, JSON_STRING, (const char *)text, len);
}

static int json_on_key(void *events, const unsigned char *text, size_t len)
{
	return json_tell(events, JSON_KEY, (const char *)text, len);
}

static int json_on_map(void *events)
{
	return json_tell(events, JSON_MAP, "", 0);
}

static int json_on_map_end(void *events)
{
	return json_tell(events, JSON_MAP_END, "", 0);
}

static int json_on_list(void *events)
{
	return json_tell(events, JSON_LIST, "", 0);
}

static int json_on_list_end(void *events)
{
	return json_tell(events, JSON_LIST_END, "", 0);
}

static const yajl_callbacks json_callbacks = {
	.yajl_null = json_on_null,
	.yajl_boolean = json_on_boolean,
	.yajl_number = json_on_number,
	.yajl_string = json_on_string,
	.yajl_start_map = json_on_map,
	.yajl_map_key = json_on_key,
	.yajl_end_map = json_on_map_end,
	.yajl_start_array = json_on_list,
	.yajl_end_array = json_on_list_end,
};

bool json_events_open(struct json_events *e, json_handler *on, void *data)
{
	*e = (struct json_events){ .on = on, .data = data };
	e->yajl = yajl_alloc(&json_callbacks, NULL, e);
	if (e->yajl == NULL)
		return false;
	yajl_config(e->yajl, yajl_allow_multiple_values, 1);
	yajl_config(e->yajl, yajl_dont_validate_strings, 1);
	return true;
}

void json_events_close(struct json_events *e)
{
	if (e->yajl != NULL)
		yajl_free(e->yajl);
	e->yajl = NULL;
}

void json_explain(struct yajl_handle_t *yajl, const char *text, size_t len,
	struct dump_fault *fault)
{
	/* yajl has consumed the byte that it rejects. */
	size_t at = yajl_get_bytes_consumed(yajl);
	unsigned char *words = yajl_get_error(yajl, 0, (const unsigned char *)text, len);
	char *reason = (char *)words;
	if (reason != NULL)
		reason[strcspn(reason, ".\n")] = '\0';
	const char *colon = reason == NULL ? NULL : strstr(reason, ": ");
	fault->column = at > 0 ? at : 1;
	snprintf(fault->reason, sizeof fault->reason, "%s",
		colon == NULL ? "not JSON" : colon + 2);
	yajl_free_error(yajl, words);
}

bool json_events_feed(
	struct json_events *e, const char *text, size_t len, struct dump_fault *fault)
{
	if (yajl_parse(e->yajl, (const unsigned char *)text, len) == yajl_status_ok)
		return true;
	if (!e->stopped)
		json_explain(e->yajl, text, len, fault);
	return false;
}

static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

const unsigned char *json_head_key(const unsigned char *head, size_t len, const char *key)
{
	const unsigned char *at = head, *end = head + len;
	size_t key_len = strlen(key);
	if (len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	while (at < end && is_space(*at))
		at++;
	if (at == end || *at++ != '{')
		return NULL;
	while (at < end && is_space(*at))
		at++;
	if ((size_t)(end - at) < key_len + 2 || *at != '"' ||
		memcmp(at + 1, key, key_len) != 0 || at[key_len + 1] != '"')
		return NULL;
	at += key_len + 2;
	while (at < end && (is_space(*at) || *at == ':'))
		at++;
	return at;
}

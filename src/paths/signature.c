/* SPDX-License-Identifier: MIT */
#include "paths/signature.h"

#include <string.h>

void signature_put(struct buffer *out, bool first, const char *label, const char *type,
	bool repeated)
{
	if (!first)
		buffer_put_char(out, ' ');
	bool place = strncmp(label, ".{", 2) == 0 &&
		     strcmp(label + 2 + strspn(label + 2, "0123456789"), "}") == 0;
	if (place)
		buffer_put_text(out, ".{} ");
	else if (label[0] != '\0') {
		buffer_put_text(out, label);
		buffer_put_char(out, ' ');
	} else if (!first)
		buffer_put_text(out, "-> ");
	buffer_put_text(out, type);
	if (repeated)
		buffer_put_char(out, '*');
}

/* The same steps, where the older text has some metaclass for "class Registry". */
static bool signature_same_steps(const char *older, const char *now)
{
	static const char class[] = " class ";
	while (*older != '\0' && *now != '\0') {
		if (*older == ' ' && strncmp(now, class, sizeof class - 1) == 0 &&
			strncmp(older, class, sizeof class - 1) != 0) {
			older += 1 + strcspn(older + 1, " ");
			now += sizeof class - 1;
			now += strcspn(now, " ");
		} else if (*older++ != *now++)
			return false;
	}
	return *older == *now;
}

bool signature_was(const char *older, const char *now)
{
	static const char module[] = "module ", namespace[] = " dict ['";
	if (strncmp(now, module, sizeof module - 1) != 0)
		return false;
	const char *name = now + sizeof module - 1;
	size_t len = strcspn(name, " ");
	const char *steps = name + len;
	/* Below a module, whose name may be before it: `['shop'] module .Registry`. */
	for (const char *at = strstr(older, module); at != NULL;
		at = strstr(at + 1, module)) {
		size_t before = (size_t)(at - older);
		bool starts = before == 0 || at[-1] == ' ';
		bool named = before >= 3 && memcmp(at - 3, "'] ", 3) == 0;
		bool other = named &&
			     (before < len + 5 || memcmp(at - 3 - len, name, len) != 0 ||
				     memcmp(at - 5 - len, "['", 2) != 0);
		if (starts && !other &&
			signature_same_steps(at + sizeof module - 2, steps))
			return true;
	}
	/* Below its namespace, where a function or frame led: `dict ['Registry']`. */
	for (const char *at = strstr(older, namespace); at != NULL;
		at = strstr(at + 1, namespace)) {
		const char *key = at + sizeof namespace - 1;
		size_t key_len = strcspn(key, "'");
		if (strncmp(key + key_len, "']", 2) == 0 &&
			strncmp(steps, " .", 2) == 0 &&
			strncmp(steps + 2, key, key_len) == 0 &&
			signature_same_steps(key + key_len + 2, steps + 2 + key_len))
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "output/slug.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SLUG_BYTES_MAX 80

/* Letters and digits of ASCII; of the rest, which is mostly letters, all but the spaces,
 * the general punctuation and what cannot be seen. */
static bool slug_keeps(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		       (c >= 'A' && c <= 'Z');
	return c != UTF8_INVALID && !utf8_is_unseen(c) && c >= 0xc0 &&
	       (c < 0x2000 || c > 0x206f) && c != 0x1680 && c != 0x3000 &&
	       c != UTF8_REPLACEMENT;
}

static void slug_put_words(struct buffer *out, const char *text)
{
	size_t len = strlen(text), start = out->len;
	bool gap = false;
	for (size_t at = 0, used; at < len; at += used) {
		uint32_t c = utf8_decode(text + at, len - at, &used);
		if (!slug_keeps(c)) {
			gap = out->len > start;
			continue;
		}
		if (out->len - start + used + gap > SLUG_BYTES_MAX)
			return;
		if (gap)
			buffer_put_char(out, '-');
		utf8_put(out, c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
		gap = false;
	}
}

/* Names that Windows gives to devices, whatever the extension. */
static bool slug_is_reserved(const char *name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul" };
	for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
		if (strcmp(name, devices[i]) == 0)
			return true;
	return (strncmp(name, "com", 3) == 0 || strncmp(name, "lpt", 3) == 0) &&
	       name[3] >= '0' && name[3] <= '9' && name[4] == '\0';
}

void slug_put(struct buffer *out, const char *caption, int number)
{
	struct buffer words = BUFFER_INIT;
	if (caption != NULL)
		slug_put_words(&words, caption);
	bool reserved = slug_is_reserved(buffer_text(&words));
	if (words.len == 0 || reserved)
		buffer_printf(out, "result-%d%s", number, reserved ? "-" : "");
	buffer_put(out, buffer_text(&words), words.len);
	if (words.failed)
		out->failed = true;
	buffer_fini(&words);
}

/* SPDX-License-Identifier: MIT */
#include "output/slug.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SLUG_BYTES_MAX 80

/* Whether a name keeps the character: letters and digits of ASCII; beyond it, where most
 * are letters, all but spaces, general punctuation and unseen characters. */
static bool slug_keeps(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		       (c >= 'A' && c <= 'Z');
	return c != UTF8_INVALID && !utf8_is_unseen(c) && c >= 0xc0 &&
	       (c < 0x2000 || c > 0x206f) && c != 0x1680 && c != 0x3000 &&
	       c != UTF8_REPLACEMENT;
}

void slug_put(struct buffer *out, const char *caption, int number)
{
	struct buffer words = BUFFER_INIT;
	size_t len = caption == NULL ? 0 : strlen(caption);
	/* A hyphen joins the words, whatever was between them. */
	bool gap = false;
	for (size_t at = 0, used; at < len; at += used) {
		uint32_t c = utf8_decode(caption + at, len - at, &used);
		if (!slug_keeps(c)) {
			gap = words.len > 0;
			continue;
		}
		if (words.len + used + gap > SLUG_BYTES_MAX)
			break;
		if (gap)
			buffer_put_char(&words, '-');
		utf8_put(&words, c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
		gap = false;
	}
	assert(words.len <= SLUG_BYTES_MAX);
	/* Windows gives these names to devices, whatever their extension. */
	static const char *const devices[] = { "con", "prn", "aux", "nul" };
	const char *name = buffer_text(&words);
	bool reserved = words.len == 4 && name[3] >= '0' && name[3] <= '9' &&
			(strncmp(name, "com", 3) == 0 || strncmp(name, "lpt", 3) == 0);
	for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
		reserved = reserved || strcmp(name, devices[i]) == 0;
	if (words.len == 0 || reserved)
		buffer_printf(out, "result-%d%s", number, reserved ? "-" : "");
	buffer_put(out, name, words.len);
	if (words.failed)
		out->failed = true;
	buffer_fini(&words);
}

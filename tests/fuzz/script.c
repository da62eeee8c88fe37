/* SPDX-License-Identifier: MIT */
/* A script's bytes: commands, places and words stay within what was written. */
#include "language/script.h"
#include "language/words.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_command(const struct script *s, const struct script_command *c)
{
	fuzz_check(c->len > 0 && strlen(c->text) == c->len);
	fuzz_check(c->verb_len <= c->len && c->args <= c->len);
	for (size_t offset = 0; offset <= c->len; offset += 1 + c->len / 16) {
		struct script_place place = script_locate(s, c, offset);
		fuzz_check(place.line > 0 && place.column > 0);
		fuzz_check(place.source_offset <= place.source_len);
	}
	struct words words = WORDS_INIT;
	if (words_split(&words, c->text + c->args, c->len - c->args, c->args, NULL))
		for (size_t i = 0; i < words.count; i++)
			fuzz_check(words_origin(&words, i, words.items[i].len) <= c->len);
	words_fini(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct script *s = script_from_text("fuzz", (const char *)data, size, &err);
	struct script_command command;
	int found = s == NULL ? 0 : 1;
	while (found != 0) {
		error_clear(&err);
		found = script_next(s, &command, &err);
		if (found > 0)
			check_command(s, &command);
		else if (found < 0)
			script_locate(s, &command, err.offset);
	}
	if (s != NULL)
		fuzz_check(script_header(s) != NULL);
	script_free(s);
	return 0;
}

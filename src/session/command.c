/* SPDX-License-Identifier: MIT */
#include "session/command.h"

#include "base/nearest.h"
#include "session/commands.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct command *const commands[] = {
	&command_create,
	&command_open,
	&command_read,
	&command_gen,
	&command_index,
	&command_backup,
	&command_restore,
	&command_select,
	&command_with,
	&command_insert,
	&command_update,
	&command_delete,
	&command_shell,
	&command_set,
	&command_let,
	&command_default,
	&command_echo,
	&command_stats,
	&command_info,
	&command_parents,
	&command_kids,
	&command_ancestor_types,
	&command_roots,
	&command_pin,
	&command_gc,
	&command_continue_gc,
	&command_path,
	&command_paths,
	&command_signatures,
	&command_dominators,
	&command_retained,
	&command_owners,
	&command_owned,
	&command_folded,
	&command_export,
	&command_cycles,
	&command_garbage,
	&command_diff,
	&command_trend,
	&command_leaks,
	&command_expect,
	&command_title,
	&command_section,
	&command_text,
	&command_caption,
	&command_otherwise,
	&command_hide,
	&command_output,
	&command_width,
	&command_plot,
	&command_include,
	&command_import,
	&command_debug,
	&command_help,
	NULL,
};

const struct command *const *command_table(void)
{
	return commands;
}

const struct command *command_find(const char *name, size_t len)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (strlen((*c)->name) == len && strncasecmp((*c)->name, name, len) == 0)
			return *c;
	return NULL;
}

bool command_unknown(const char *name, size_t len, struct error *err)
{
	const char *names[sizeof commands / sizeof *commands];
	size_t n = 0;
	for (const struct command *const *c = commands; *c != NULL; c++)
		names[n++] = (*c)->name;
	assert(n + 1 == sizeof commands / sizeof *commands);
	names[n] = NULL;
	const char *nearest = nearest_name(name, len, names);
	if (nearest != NULL)
		return error_at(err, STATUS_SCRIPT, 0,
			"no command '%.*s'; did you mean '%s'?", (int)len, name, nearest);
	return error_at(err, STATUS_SCRIPT, 0,
		"no command '%.*s'; 'help' lists the commands", (int)len, name);
}

bool command_bad_word(
	const struct invocation *in, size_t index, const char *message, struct error *err)
{
	return error_at(err, STATUS_SCRIPT, words_origin(&in->words, index, 0), "%s '%s'",
		message, in->words.items[index].text);
}

bool command_integer(
	const struct invocation *in, size_t index, int64_t *value, struct error *err)
{
	assert(index < in->words.count);
	const char *text = in->words.items[index].text;
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0)
		return command_bad_word(in, index,
			errno == ERANGE ? "not an integer of 64 bits:"
					: "not an integer:",
			err);
	*value = number;
	return true;
}

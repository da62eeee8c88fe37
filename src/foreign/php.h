/* SPDX-License-Identifier: MIT */
/* format_php - what php-meminfo's meminfo_dump() writes: extension/meminfo.c of
 * github.com/BitOne/php-meminfo.
 *
 * One JSON document: `header`, then `items`, each by its address: type, size, class, the
 * addresses of its children by name, and for a root in which frame under which name. */
#ifndef MEMSEE_FOREIGN_PHP_H
#define MEMSEE_FOREIGN_PHP_H

#include "dump/format.h"

bool php_recognise(const unsigned char *head, size_t len);
bool php_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err);

#endif

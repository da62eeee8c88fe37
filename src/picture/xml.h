/* SPDX-License-Identifier: MIT */
/* xml - text of any quality as XML 1.0 may hold it. */
#ifndef MEMSEE_PICTURE_XML_H
#define MEMSEE_PICTURE_XML_H

#include "base/buffer.h"

/* Appends `text` as one line that shows everything in it (see utf8_put_visible), markup
 * as references: good between tags and in a quoted attribute. */
void xml_put_text(struct buffer *out, const char *text, size_t len);

#endif

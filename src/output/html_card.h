/* SPDX-License-Identifier: MIT */
/* html_card - findings of a page: a sentence each for its answer, a card each for the
 * section behind it. */
#ifndef MEMSEE_OUTPUT_HTML_CARD_H
#define MEMSEE_OUTPUT_HTML_CARD_H

#include "base/buffer.h"
#include "result/card.h"

/* Items of the list of findings, which lead to the cards `#leak-1`, `#leak-2`, …; and as
 * a picture what share of the whole growth each has, where that adds up. */
void html_put_card_list(
	struct buffer *items, struct buffer *picture, const struct card_list *l);

void html_put_cards(struct buffer *out, const struct card_list *l);

#endif

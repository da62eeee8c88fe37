/* SPDX-License-Identifier: MIT */
#include "output/html_tree.h"

#include "picture/html.h"

#include <string.h>
#include <strings.h>

#define TREE_LEVEL "\xc2\xb7 "
/* Levels that are open before a reader opens more. */
#define TREE_OPEN 1

static size_t tree_depth(const struct cell *cell)
{
	size_t len = sizeof TREE_LEVEL - 1, depth = 0;
	while (cell->type == CELL_TEXT && cell->len >= (depth + 1) * len &&
		memcmp(cell->text + depth * len, TREE_LEVEL, len) == 0)
		depth++;
	return depth;
}

static int tree_find(const struct result *r, const char *name)
{
	return result_find_column(r, name, strlen(name));
}

bool html_is_tree(const struct result *r)
{
	return r->rows > 0 && strcasecmp(r->names[0], "tree") == 0 &&
	       tree_find(r, "retained") > 0 && tree_find(r, "percent") > 0;
}

void html_put_tree(struct writer *w, const struct result *r, struct buffer *out)
{
	int retained = tree_find(r, "retained"), percent = tree_find(r, "percent");
	int objects = tree_find(r, "objects");
	buffer_put_text(out, "<div class=\"du\"><ul>\n");
	struct cell next = result_cell(r, 0, 0);
	size_t level = 0; /* of this row: one deeper than the row before at most */
	for (size_t row = 0; row < r->rows; row++) {
		const struct cell *cells = writer_row(w, r, row, out);
		if (cells == NULL)
			return;
		size_t skip = tree_depth(&cells[0]) * (sizeof TREE_LEVEL - 1);
		double share = cells[percent].type == CELL_REAL ? cells[percent].real : 0;
		next = row + 1 < r->rows ? result_cell(r, row + 1, 0) : cell_null();
		size_t below = tree_depth(&next);
		bool branch = below > level;
		below = branch ? level + 1 : below;
		buffer_put_text(out, "<li>");
		buffer_printf(out,
			branch ? "<details%s><summary>" : "<div class=\"leaf%s\">",
			branch && level < TREE_OPEN ? " open" : "");
		buffer_put_text(out, "<span class=\"m\">");
		if (cells[0].type == CELL_TEXT)
			html_put(out, cells[0].text + skip, cells[0].len - skip);
		buffer_printf(out,
			"</span><svg class=\"cb\" aria-hidden=\"true\" width=\"112\" "
			"height=\"11\"><rect class=\"k-own\" fill=\"#e69f00\" "
			"width=\"%.4g%%\" height=\"100%%\"/></svg><span class=\"n\">",
			share > 100 ? 100 : share);
		if (cells[retained].type == CELL_INTEGER)
			html_put_exact(out, cells[retained].integer, false);
		buffer_put_text(out, "</span><span class=\"n\">");
		html_put_real(out, share, 1);
		buffer_put_text(out, " %</span><small>");
		if (objects > 0 && cells[objects].type == CELL_INTEGER) {
			html_put_count(out, cells[objects].integer, false);
			buffer_put_text(out,
				cells[objects].integer == 1 ? " object" : " objects");
		}
		buffer_put_text(out,
			branch ? "</small></summary><ul>\n" : "</small></div></li>\n");
		for (size_t up = level; up > below; up--)
			buffer_put_text(out, "</ul></details></li>\n");
		level = below;
	}
	buffer_put_text(out, "</ul></div>\n");
}

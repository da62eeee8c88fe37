/* SPDX-License-Identifier: MIT */
#include "load/load_notes.h"

#include "base/array.h"
#include "store/notes.h"

#include <stdlib.h>

/* The notes of all pieces with the numbers of one table of texts. */
struct load_notes {
	struct heap_texts texts;
	struct heap_note *note;
	size_t count;
};

/* Gives a text of a piece its number among all; `known` has those that have one. */
static bool load_notes_number(struct load_notes *all, const struct heap_texts *texts,
	uint32_t *known, uint32_t *number)
{
	if (*number == 0)
		return true;
	if (known[*number] == 0) {
		struct dump_text text = heap_texts_get(texts, *number);
		known[*number] = heap_texts_put(&all->texts, text.data, text.len);
	}
	*number = known[*number];
	return *number != 0;
}

static bool load_notes_take(struct load_notes *all, const struct heap_notes *part)
{
	uint32_t *known = array_new_zeroed(part->texts.count + 1, sizeof *known);
	bool ok = known != NULL;
	for (size_t i = 0; ok && i < part->count; i++) {
		struct heap_note note = part->note[i];
		ok = load_notes_number(all, &part->texts, known, &note.labels) &&
		     load_notes_number(all, &part->texts, known, &note.root) &&
		     load_notes_number(all, &part->texts, known, &note.site);
		all->note[all->count++] = note;
	}
	free(known);
	return ok;
}

static int load_notes_compare(const void *a, const void *b)
{
	const struct heap_note *x = a, *y = b;
	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	/* Texts are numbered in the order of the dump. */
	if (x->labels != y->labels)
		return x->labels < y->labels ? -1 : 1;
	return (x->root > y->root) - (x->root < y->root);
}

static bool load_notes_gather(
	struct load_notes *all, const struct heap *heap, size_t count)
{
	all->note = array_new(count, sizeof *all->note);
	if (all->note == NULL)
		return false;
	for (size_t i = 0; i < heap->part_count; i++)
		if (!load_notes_take(all, &heap->parts[i]->notes))
			return false;
	qsort(all->note, all->count, sizeof *all->note, load_notes_compare);
	return true;
}

static struct cell load_notes_cell(struct dump_text text)
{
	return cell_bytes(text.data, text.len);
}

static bool load_notes_put_place(
	struct notes_writer *w, uint32_t place, struct dump_text text, struct error *err)
{
	struct dump_site site;
	return !heap_notes_split(text, &site) ||
	       notes_put_place(w, place, load_notes_cell(site.file),
		       site.line > 0 ? cell_integer(site.line) : cell_null(),
		       site.function.len > 0 ? load_notes_cell(site.function)
					     : cell_null(),
		       err);
}

/* The lists of labels and the places, each once: `used` says what a text is. */
static bool load_notes_put_lists(
	const struct load_notes *all, struct notes_writer *w, struct error *err)
{
	unsigned char *used = array_new_zeroed(all->texts.count + 1, 1);
	bool ok = used != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < all->count; i++) {
		used[all->note[i].labels] |= 1;
		used[all->note[i].site] |= 2;
	}
	for (uint32_t i = 1; ok && i <= all->texts.count; i++) {
		struct dump_text text = heap_texts_get(&all->texts, i);
		if ((used[i] & 1) != 0)
			ok = notes_put_list(w, i, load_notes_cell(text), err);
		if (ok && (used[i] & 2) != 0)
			ok = load_notes_put_place(w, i, text, err);
	}
	free(used);
	return ok;
}

static bool load_notes_put(
	const struct load_notes *all, struct notes_writer *w, struct error *err)
{
	bool ok = load_notes_put_lists(all, w, err);
	for (size_t i = 0; ok && i < all->count; i++) {
		const struct heap_note *n = &all->note[i];
		if (i > 0 && n->address == n[-1].address)
			continue;
		ok = n->labels == 0 || notes_put_labels(w, n->address, n->labels, err);
		if (ok && n->root != 0)
			ok = notes_put_root(w, n->address,
				load_notes_cell(heap_texts_get(&all->texts, n->root)),
				err);
		if (ok && n->site != 0)
			ok = notes_put_site(w, n->address, n->site, err);
	}
	return ok;
}

bool load_notes_write(
	struct db *db, const struct heap *heap, int64_t gen, struct error *err)
{
	size_t count = 0;
	for (size_t i = 0; i < heap->part_count; i++)
		count += heap->parts[i]->notes.count;
	if (count == 0)
		return true;
	struct load_notes all = { 0 };
	struct notes_writer *w = NULL;
	bool ok = load_notes_gather(&all, heap, count) || error_nomem(err);
	if (ok) {
		w = notes_writer_new(db, gen, err);
		ok = w != NULL && load_notes_put(&all, w, err);
	}
	notes_writer_free(w);
	heap_texts_fini(&all.texts);
	free(all.note);
	return ok;
}

/* SPDX-License-Identifier: MIT */
#include "load/load_notes.h"

#include "base/array.h"
#include "base/parallel.h"
#include "base/search.h"
#include "base/sort.h"
#include "store/notes.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

/* The notes of all pieces by address, with the numbers of one table of texts. */
struct load_notes {
	const struct heap *heap;
	struct heap_texts texts;
	uint32_t **known; /* of each piece: the number here of each of its texts */
	size_t *first;    /* of each piece: the number of notes before it; then of all */
	uint64_t *order;  /* key of the address << 32 | number in the dump, ascending */
	size_t count;
	unsigned threads;
	unsigned char *has;          /* of each note in that order: enum load_note_part */
	_Atomic unsigned char *used; /* of each text: as which parts of notes */
};

enum load_note_part { NOTE_LABELS = 1, NOTE_SITE = 2, NOTE_ROOT = 4 };

/* Puts the texts of all pieces, in the order of the dump, into one table. */
static bool load_notes_number(struct load_notes *all)
{
	const struct heap *heap = all->heap;
	all->known = array_new_zeroed(heap->part_count, sizeof *all->known);
	all->first = array_new(heap->part_count + 1, sizeof *all->first);
	if (all->known == NULL || all->first == NULL)
		return false;
	for (size_t p = 0; p < heap->part_count; p++) {
		const struct heap_notes *notes = &heap->parts[p]->notes;
		uint32_t *known = array_new_zeroed(notes->texts.count + 1, sizeof *known);
		all->known[p] = known;
		all->first[p] = all->count;
		all->count += notes->count;
		if (known == NULL)
			return false;
		for (uint32_t i = 1; i <= notes->texts.count; i++) {
			struct dump_text text = heap_texts_get(&notes->texts, i);
			known[i] = heap_texts_put(&all->texts, text.data, text.len);
			if (known[i] == 0)
				return false;
		}
		heap_texts_fini(&heap->parts[p]->notes.texts);
	}
	all->first[heap->part_count] = all->count;
	return true;
}

/* Note number `index` in the order of the addresses. */
static struct heap_note load_notes_at(const struct load_notes *all, size_t index)
{
	assert(index < all->count);
	size_t number = (uint32_t)all->order[index];
	assert(number < all->first[all->heap->part_count]);
	if (index % all->heap->store.stride == 0)
		arena_rest(&all->heap->store.notes);
	/* The last piece that begins at the note or before it. */
	size_t low;
	SEARCH_FIRST(low, all->heap->part_count, all->first[low] > number);
	low--;
	assert(number >= all->first[low] && number < all->first[low + 1]);
	struct heap_note note =
		all->heap->parts[low]->notes.note[number - all->first[low]];
	note.labels = all->known[low][note.labels];
	note.root = all->known[low][note.root];
	note.site = all->known[low][note.site];
	return note;
}

/* Sorts the notes by address and drops all but the first at each address.  The keys are
 * the heap's, or made from the notes' own addresses if it has none. */
static bool load_notes_sort(struct load_notes *all)
{
	const struct heap *heap = all->heap;
	struct heap_keys own = { 0 };
	const struct heap_keys *keys = &heap->keys;
	bool sparing = heap->sparing;
	uint64_t *scratch = sparing ? NULL : array_new(all->count, sizeof *scratch);
	all->order = array_new(all->count, sizeof *all->order);
	bool ok = (scratch != NULL || sparing) && all->order != NULL &&
		  all->count <= UINT32_MAX;
	if (ok && heap->keys.count == 0 && heap->keys.ranks == NULL) {
		int64_t *addresses = array_new(all->count, sizeof *addresses);
		ok = addresses != NULL;
		for (size_t p = 0, at = 0; ok && p < heap->part_count; p++)
			for (size_t i = 0; i < heap->parts[p]->notes.count; i++)
				addresses[at++] = heap->parts[p]->notes.note[i].address;
		ok = ok && heap_keys_init_ranks(&own, addresses, all->count);
		keys = &own;
	}
	for (size_t p = 0, at = 0; ok && p < heap->part_count; p++) {
		const struct heap_notes *notes = &heap->parts[p]->notes;
		for (size_t i = 0; i < notes->count; i++, at++)
			all->order[at] =
				(uint64_t)heap_keys_key(keys, notes->note[i].address)
					<< 32 |
				at;
	}
	if (ok) {
		uint64_t *unsorted = all->order;
		if (sparing)
			sort_in_place(unsorted, all->count, 32 + keys->key_bits);
		else
			all->order = sort_bits(unsorted, scratch, all->count, 32,
				keys->key_bits, all->threads);
		scratch = all->order == scratch ? unsorted : scratch;
		size_t kept = 0;
		for (size_t i = 0; i < all->count; i++)
			if (i == 0 || all->order[i] >> 32 != all->order[kept - 1] >> 32)
				all->order[kept++] = all->order[i];
		all->count = kept;
	}
	free(scratch);
	heap_keys_fini(&own);
	return ok;
}

static struct cell load_notes_cell(struct dump_text text)
{
	return cell_bytes(text.data, text.len);
}

/* Fills `has` and `used`.  The notes are not in the order of memory, so one walk looks at
 * all that the tables need to know of them. */
static void load_notes_look(void *context, unsigned index)
{
	const struct load_notes *all = context;
	size_t end = parallel_share(all->count, all->threads, index + 1);
	for (size_t i = parallel_share(all->count, all->threads, index); i < end; i++) {
		struct heap_note note = load_notes_at(all, i);
		_Atomic unsigned char *labels = &all->used[note.labels];
		_Atomic unsigned char *site = &all->used[note.site];
		if ((*labels & NOTE_LABELS) == 0)
			*labels |= NOTE_LABELS;
		if ((*site & NOTE_SITE) == 0)
			*site |= NOTE_SITE;
		all->has[i] = (note.labels != 0 ? NOTE_LABELS : 0) |
			      (note.site != 0 ? NOTE_SITE : 0) |
			      (note.root != 0 ? NOTE_ROOT : 0);
	}
}

/* Writes the lists of labels and the places, each once. */
static bool load_notes_put_lists(
	const struct load_notes *all, struct notes_writer *w, struct error *err)
{
	bool ok = true;
	for (uint32_t i = 1; ok && i <= all->texts.count; i++) {
		struct dump_text text = heap_texts_get(&all->texts, i);
		if ((all->used[i] & NOTE_LABELS) != 0)
			ok = notes_put_list(w, i, load_notes_cell(text), err);
		struct dump_site site;
		if (!ok || (all->used[i] & NOTE_SITE) == 0 ||
			!heap_notes_split(text, &site))
			continue;
		ok = notes_put_place(w, i, load_notes_cell(site.file),
			site.line > 0 ? cell_integer(site.line) : cell_null(),
			site.function.len > 0 ? load_notes_cell(site.function)
					      : cell_null(),
			err);
	}
	return ok;
}

/* The rows of ref_label or site_mark: one for each note that has such a text. */
struct load_notes_rows {
	const struct load_notes *all;
	uint32_t *index; /* the notes, in the order of the addresses */
	uint64_t count;
	enum notes_table table;
	int64_t gen;
};

static void load_notes_integers(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	const struct load_notes_rows *rows = context;
	assert(first + n <= rows->count);
	for (size_t i = 0; i < n; i++) {
		struct heap_note note = load_notes_at(rows->all, rows->index[first + i]);
		column[0][i] = rows->gen;
		column[1][i] = note.address;
		column[2][i] = rows->table == NOTES_LABELS ? note.labels : note.site;
	}
}

/* Fills a table page by page. */
static bool load_notes_fill(const struct load_notes *all, enum notes_table table,
	int64_t gen, struct bulk *bulk, struct error *err)
{
	static const struct {
		const char *name;
		unsigned char part;
	} tables[] = { [NOTES_LABELS] = { "ref_label", NOTE_LABELS },
		[NOTES_SITES] = { "site_mark", NOTE_SITE } };
	struct load_notes_rows rows = { .all = all, .table = table, .gen = gen };
	rows.index = array_new(all->count, sizeof *rows.index);
	bool ok = rows.index != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < all->count; i++)
		if ((all->has[i] & tables[table].part) != 0)
			rows.index[rows.count++] = (uint32_t)i;
	const struct pages_rows pages = { .count = rows.count,
		.context = &rows,
		.columns = 3,
		.integers = load_notes_integers };
	ok = ok && bulk_fill(bulk, tables[table].name, &pages, 0, err);
	free(rows.index);
	return ok;
}

bool load_notes_write(struct db *db, struct heap *heap, int64_t gen, struct bulk *bulk,
	struct error *err)
{
	struct load_notes all = { .heap = heap, .threads = parallel_threads(0) };
	struct notes_writer *w = NULL;
	bool filled[] = { [NOTES_LABELS] = false, [NOTES_SITES] = false };
	bool ok = load_notes_number(&all) || error_nomem(err);
	if (ok && all.count > 0) {
		all.has = array_new(all.count, 1);
		all.used = array_new_zeroed(all.texts.count + 1, 1);
		ok = (all.has != NULL && all.used != NULL && load_notes_sort(&all)) ||
		     error_nomem(err);
		if (ok)
			parallel_run(all.threads, load_notes_look, &all);
		w = ok ? notes_writer_new(db, gen, err) : NULL;
		ok = w != NULL && load_notes_put_lists(&all, w, err);
		for (enum notes_table t = 0; ok && bulk != NULL && t <= NOTES_SITES; t++)
			filled[t] = notes_is_new(w, t);
	}
	/* The rows of all tables that are not filled page by page. */
	unsigned char one_by_one = NOTE_ROOT;
	one_by_one |= filled[NOTES_LABELS] ? 0 : NOTE_LABELS;
	one_by_one |= filled[NOTES_SITES] ? 0 : NOTE_SITE;
	for (size_t i = 0; ok && i < all.count; i++) {
		if ((all.has[i] & one_by_one) == 0)
			continue;
		struct heap_note n = load_notes_at(&all, i);
		ok = n.labels == 0 || filled[NOTES_LABELS] ||
		     notes_put_labels(w, n.address, n.labels, err);
		if (ok && n.root != 0)
			ok = notes_put_root(w, n.address,
				load_notes_cell(heap_texts_get(&all.texts, n.root)), err);
		if (ok && n.site != 0 && !filled[NOTES_SITES])
			ok = notes_put_site(w, n.address, n.site, err);
	}
	notes_writer_free(w);
	heap_store_trim(&heap->store);
	/* The others. */
	for (enum notes_table t = 0; ok && t <= NOTES_SITES; t++)
		ok = !filled[t] || load_notes_fill(&all, t, gen, bulk, err);
	for (size_t i = 0; all.known != NULL && i < heap->part_count; i++)
		free(all.known[i]);
	free(all.known);
	free(all.first);
	free(all.order);
	free(all.has);
	free(all.used);
	heap_texts_fini(&all.texts);
	for (size_t i = 0; i < heap->part_count; i++)
		heap_notes_fini(&heap->parts[i]->notes);
	arena_clear(&heap->store.notes);
	heap_store_trim(&heap->store);
	return ok;
}

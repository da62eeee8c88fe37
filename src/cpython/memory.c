/* SPDX-License-Identifier: MIT */
#include "cpython/memory.h"

#include "base/array.h"
#include "base/search.h"
#include "cpython/elf.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void memory_init(struct memory *m)
{
	*m = (struct memory){ .names = BUFFER_INIT };
}

void memory_fini(struct memory *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->ranges[i].marks);
	for (size_t i = 0; i < m->image_count; i++)
		free(m->images[i].problem);
	for (size_t i = 0; i < m->mapping_count; i++)
		munmap(m->mappings[i].data, m->mappings[i].size);
	free(m->ranges);
	free(m->files);
	free(m->images);
	free(m->mappings);
	buffer_fini(&m->names);
	memory_init(m);
}

bool memory_add(struct memory *m, uint64_t start, const void *data, size_t size,
	struct error *err)
{
	if (size == 0 || start > INT64_MAX || size > INT64_MAX - start)
		return true;
	if (!array_reserve(&m->ranges, &m->cap, m->count + 1, sizeof *m->ranges))
		return error_nomem(err);
	m->ranges[m->count++] = (struct memory_range){
		.start = start, .end = start + size, .data = data
	};
	return true;
}

bool memory_own(struct memory *m, void *data, size_t size, struct error *err)
{
	if (!array_reserve(&m->mappings, &m->mapping_cap, m->mapping_count + 1,
		    sizeof *m->mappings)) {
		munmap(data, size);
		return error_nomem(err);
	}
	m->mappings[m->mapping_count++] =
		(struct memory_mapping){ .data = data, .size = size };
	return true;
}

bool memory_add_file(struct memory *m, uint64_t start, uint64_t end, uint64_t offset,
	const char *path, struct error *err)
{
	if (end <= start)
		return true;
	if (!array_reserve(&m->files, &m->file_cap, m->file_count + 1, sizeof *m->files))
		return error_nomem(err);
	/* The parts of a file follow each other: they share its name. */
	const struct memory_file *before =
		m->file_count > 0 ? &m->files[m->file_count - 1] : NULL;
	size_t name = m->names.len;
	if (before != NULL && strcmp(memory_path(m, before), path) == 0)
		name = before->path;
	else
		buffer_put(&m->names, path, strlen(path) + 1);
	if (m->names.failed)
		return error_nomem(err);
	m->files[m->file_count++] =
		(struct memory_file){ start, end, offset, name, MEMORY_NO_IMAGE };
	return true;
}

const char *memory_path(const struct memory *m, const struct memory_file *f)
{
	assert(f->path < m->names.len);
	return m->names.data + f->path;
}

/* --- files ---------------------------------------------------------------------------
 */

static void memory_trouble(struct memory_image *image, const char *path, const char *why)
{
	struct buffer text = BUFFER_INIT;
	buffer_printf(&text, "'%s' %s", path, why);
	image->problem = buffer_take(&text);
}

/* Finds the bytes of a mapped file.  Why it cannot is noted in the image. */
static bool memory_load_image(
	struct memory *m, struct memory_file *f, const char *sysroot, struct error *err)
{
	for (size_t i = 0; i < m->image_count; i++) {
		if (m->images[i].path == f->path) {
			f->image = i;
			return true;
		}
	}
	if (!array_reserve(
		    &m->images, &m->image_cap, m->image_count + 1, sizeof *m->images))
		return error_nomem(err);
	f->image = m->image_count++;
	struct memory_image *image = &m->images[f->image];
	*image = (struct memory_image){ .path = f->path };
	/* A core taken from outside of a container has the folder in its paths already.
	 */
	const char *name = memory_path(m, f);
	size_t len = sysroot == NULL ? 0 : strlen(sysroot);
	bool within =
		strncmp(name, len == 0 ? "" : sysroot, len) == 0 && name[len] == '/';
	struct buffer path = BUFFER_INIT;
	buffer_printf(&path, "%s%s", len == 0 || within ? "" : sysroot, name);
	if (path.failed) {
		buffer_fini(&path);
		return error_nomem(err);
	}
	/* The user knows a file by its name, not by a descriptor. */
	static const char held[] = "/proc/self/fd/";
	const char *shown =
		strncmp(path.data, held, sizeof held - 1) == 0 ? name : path.data;
	struct stat st;
	int fd = open(path.data, O_RDONLY | O_CLOEXEC);
	void *data = MAP_FAILED;
	bool ok = true;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		memory_trouble(image, shown, "cannot be read");
	} else {
		image->size = (size_t)st.st_size;
		data = mmap(NULL, image->size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (data == MAP_FAILED)
			memory_trouble(image, shown, "cannot be mapped");
	}
	if (fd >= 0)
		close(fd);
	if (data != MAP_FAILED) {
		ok = memory_own(m, data, image->size, err);
		image->data = ok ? data : NULL;
	}
	/* Is it the build whose first page is in memory? */
	struct elf_id here, there;
	if (image->data != NULL && f->offset == 0 &&
		elf_id_of_memory(m, f->start, &here) &&
		(!elf_id_of_file(image->data, image->size, &there) ||
			here.len != there.len ||
			memcmp(here.bytes, there.bytes, here.len) != 0)) {
		memory_trouble(
			image, shown, "is of another build than the one the process had");
		image->data = NULL;
	}
	buffer_fini(&path);
	return ok;
}

/* Adds the bytes of the file that are in [at, end), as far as the file goes. */
static bool memory_fill_hole(struct memory *m, struct memory_file *f, uint64_t at,
	uint64_t end, struct error *err)
{
	const struct memory_image *image = &m->images[f->image];
	uint64_t offset = f->offset + (at - f->start);
	if (image->data == NULL || offset >= image->size)
		return true;
	uint64_t size = end - at;
	if (size > image->size - offset)
		size = image->size - offset;
	return memory_add(m, at, image->data + offset, size, err);
}

static int memory_by_start(const void *a, const void *b)
{
	const struct memory_range *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* Sorts the ranges and cuts off what an earlier range has; hostile files may overlap. */
static void memory_sort(struct memory *m)
{
	if (m->count > 1)
		qsort(m->ranges, m->count, sizeof *m->ranges, memory_by_start);
	uint64_t end = 0;
	size_t kept = 0;
	for (size_t i = 0; i < m->count; i++) {
		struct memory_range r = m->ranges[i];
		if (r.end <= end)
			continue;
		if (r.start < end) {
			r.data += end - r.start;
			r.start = end;
		}
		end = r.end;
		/* Joins neighbours: an object at the end of a file's data may be in both.
		 */
		struct memory_range *before = kept > 0 ? &m->ranges[kept - 1] : NULL;
		if (before != NULL && before->end == r.start &&
			before->data + (before->end - before->start) == r.data)
			before->end = r.end;
		else
			m->ranges[kept++] = r;
	}
	assert(kept <= m->count);
	m->count = kept;
	m->sorted = kept;
	m->last = 0;
}

bool memory_fill(struct memory *m, const char *sysroot, struct error *err)
{
	memory_sort(m);
	size_t known = m->count; /* in order; what is filled in comes after these */
	for (size_t i = 0; i < m->file_count; i++) {
		struct memory_file *f = &m->files[i];
		uint64_t at = f->start;
		size_t k = 0, high = known;
		while (k < high) {
			size_t middle = k + (high - k) / 2;
			if (m->ranges[middle].end <= at)
				k = middle + 1;
			else
				high = middle;
		}
		/* Types and their names are in programs and shared objects.  Other
		 * mappings are mostly data, such as a database. */
		const char *path = f->path < m->names.len ? memory_path(m, f) : "";
		if (strstr(path, ".so") == NULL && strstr(path, "/bin/") == NULL &&
			strstr(path, "python") == NULL && strstr(path, "pypy") == NULL)
			continue;
		if (!memory_load_image(m, f, sysroot, err))
			return false;
		while (at < f->end) {
			uint64_t next = k < known ? m->ranges[k].start : UINT64_MAX;
			uint64_t after = k < known ? m->ranges[k].end : UINT64_MAX;
			uint64_t stop = next < f->end ? next : f->end;
			if (stop > at && !memory_fill_hole(m, f, at, stop, err))
				return false;
			at = after > stop ? after : stop;
			k++;
		}
	}
	memory_sort(m);
	return true;
}

void memory_rest(const struct memory *m)
{
	/* A mapping that cannot be released stays; nothing depends on it. */
	if (m->file != NULL)
		(void)madvise((void *)(uintptr_t)m->file, m->file_size, MADV_DONTNEED);
	for (size_t i = 0; i < m->image_count; i++)
		if (m->images[i].data != NULL)
			(void)madvise((void *)(uintptr_t)m->images[i].data,
				m->images[i].size, MADV_DONTNEED);
}

const char *memory_missed(struct memory *m, uint64_t at)
{
	for (size_t i = 0; i < m->file_count; i++) {
		const struct memory_file *f = &m->files[i];
		if (at < f->start || at >= f->end)
			continue;
		if (f->image != MEMORY_NO_IMAGE)
			m->images[f->image].wanted = true;
		const char *path = memory_path(m, f), *base = strrchr(path, '/');
		return base == NULL ? path : base + 1;
	}
	return NULL;
}

void memory_problems(const struct memory *m, bool all, struct buffer *out)
{
	for (size_t i = 0; i < m->image_count; i++)
		if (m->images[i].problem != NULL && (all || m->images[i].wanted))
			buffer_printf(out, "%s\n", m->images[i].problem);
}

/* --- reading -------------------------------------------------------------------------
 */

struct memory_range *memory_find(struct memory *m, uint64_t at)
{
	size_t first;
	assert(m->sorted == 0 || m->ranges != NULL);
	SEARCH_FIRST(first, m->sorted, m->ranges[first].end > at);
	if (first == m->sorted || at < m->ranges[first].start)
		return NULL;
	m->last = first;
	return &m->ranges[first];
}

const char *memory_text(struct memory *m, uint64_t at)
{
	const uint8_t *p = memory_at(m, at, 1);
	if (p == NULL)
		return NULL;
	uint64_t room = m->ranges[m->last].end - at;
	size_t most = room < MEMORY_TEXT_MAX ? (size_t)room : MEMORY_TEXT_MAX;
	return memchr(p, 0, most) != NULL ? (const char *)p : NULL;
}

bool memory_mark(struct memory *m, uint64_t at)
{
	if (memory_at(m, at, 1) == NULL)
		return false;
	struct memory_range *r = &m->ranges[m->last];
	assert(at >= r->start && at < r->end);
	if (r->marks == NULL)
		r->marks = calloc((size_t)((r->end - r->start) / 64 + 1), 1);
	if (r->marks == NULL)
		return false;
	uint64_t place = (at - r->start) / 8;
	uint8_t bit = (uint8_t)(1u << (place & 7));
	bool was = (r->marks[place / 8] & bit) != 0;
	r->marks[place / 8] |= bit;
	return !was;
}

bool memory_marked(struct memory *m, uint64_t at)
{
	if (memory_at(m, at, 1) == NULL)
		return false;
	const struct memory_range *r = &m->ranges[m->last];
	assert(at >= r->start && at < r->end);
	uint64_t place = (at - r->start) / 8;
	return r->marks != NULL && (r->marks[place / 8] >> (place & 7) & 1) != 0;
}

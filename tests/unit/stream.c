/* SPDX-License-Identifier: MIT */
/* A stream yields what was packed, however it is read, and says when that was not all. */
#include "base/stream.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cmocka.h>

static const char path[] = "stream-test.tmp";

static void write_file(const struct buffer *data)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(buffer_text(data), 1, data->len, f), data->len);
	assert_int_equal(fclose(f), 0);
}

/* Text that packs neither well nor badly. */
static struct buffer make_text(size_t lines)
{
	struct buffer text = BUFFER_INIT;
	for (size_t i = 0; i < lines; i++)
		buffer_printf(
			&text, "line %zu of %zu, %zu\n", i, lines, i * i * 2654435761u);
	return text;
}

static void put_gzip(struct buffer *out, const char *data, size_t len)
{
	z_stream z = { 0 };
	assert_int_equal(
		deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	size_t room = deflateBound(&z, len);
	z.next_out = (unsigned char *)buffer_reserve(out, room);
	z.avail_out = (uInt)room;
	z.next_in = (unsigned char *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->len += room - z.avail_out;
	deflateEnd(&z);
}

static void put_zstd(struct buffer *out, const char *data, size_t len)
{
	size_t room = ZSTD_compressBound(len);
	char *to = buffer_reserve(out, room);
	out->len += ZSTD_compress(to, room, data, len, 3);
}

/* Reads it all, `size` bytes at a time. */
static struct buffer read_all(size_t size, const char **torn, const char *format)
{
	struct error err = ERROR_INIT;
	struct stream *s = stream_open(path, STREAM_LIMITS_DEFAULT, &err);
	assert_non_null(s);
	struct buffer all = BUFFER_INIT;
	ptrdiff_t got = 1;
	while (got > 0) {
		char *to = buffer_reserve(&all, size);
		got = stream_read(s, to, size, &err);
		assert_true(got >= 0);
		all.len += (size_t)got;
	}
	*torn = stream_torn(s);
	if (*torn == NULL)
		assert_int_equal(stream_position(s), stream_size(s));
	assert_string_equal(stream_format(s), format);
	stream_close(s);
	return all;
}

static void assert_reads(const struct buffer *file, const struct buffer *wanted,
	const char *format, const char *why)
{
	static const size_t sizes[] = { 31, 4096, 3 << 20 };
	write_file(file);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const char *torn;
		struct buffer got = read_all(sizes[i], &torn, format);
		assert_int_equal(got.len, wanted->len);
		assert_memory_equal(got.data, buffer_text(wanted), got.len);
		if (why == NULL)
			assert_null(torn);
		else
			assert_string_equal(torn, why);
		buffer_fini(&got);
	}
	unlink(path);
}

static void test_yields_the_same_from_every_packing(void **state)
{
	(void)state;
	struct buffer text = make_text(40000), packed = BUFFER_INIT;
	size_t half = text.len / 2;
	assert_reads(&text, &text, "plain", NULL);
	put_gzip(&packed, text.data, text.len);
	assert_reads(&packed, &text, "gzip", NULL);
	buffer_clear(&packed);
	put_gzip(&packed, text.data, half);
	put_gzip(&packed, text.data, 0);
	put_gzip(&packed, text.data + half, text.len - half);
	buffer_put(&packed, "\0\0\0", 3); /* as tape archivers pad */
	assert_reads(&packed, &text, "gzip", NULL);
	buffer_clear(&packed);
	put_zstd(&packed, text.data, half);
	put_zstd(&packed, text.data + half, text.len - half);
	assert_reads(&packed, &text, "zstd", NULL);
	buffer_fini(&packed);
	buffer_fini(&text);
}

static void test_short_and_empty_files_are_plain(void **state)
{
	(void)state;
	struct buffer text = BUFFER_INIT;
	assert_reads(&text, &text, "plain", NULL);
	buffer_put_char(&text, '\x1f');
	assert_reads(&text, &text, "plain", NULL);
	buffer_fini(&text);
}

static void test_yields_what_is_there_of_torn_files(void **state)
{
	(void)state;
	struct buffer text = make_text(20000), packed = BUFFER_INIT, got;
	const char *torn;
	put_gzip(&packed, text.data, text.len);
	size_t whole = packed.len;
	packed.len = whole / 2;
	write_file(&packed);
	got = read_all(1000, &torn, "gzip");
	assert_string_equal(torn, "the gzip data breaks off");
	assert_in_range(got.len, text.len / 4, text.len * 3 / 4);
	assert_memory_equal(got.data, text.data, got.len);
	buffer_fini(&got);
	packed.len = whole;
	memset(packed.data + whole / 2, 0xa5, 64);
	write_file(&packed);
	got = read_all(1000, &torn, "gzip");
	assert_non_null(torn);
	buffer_fini(&got);
	buffer_clear(&packed);
	put_zstd(&packed, text.data, text.len);
	packed.len /= 2;
	write_file(&packed);
	got = read_all(1000, &torn, "zstd");
	assert_string_equal(torn, "the zstd data breaks off");
	assert_memory_equal(got.data, text.data, got.len);
	buffer_fini(&got);
	buffer_clear(&packed);
	put_gzip(&packed, text.data, text.len);
	buffer_put_text(&packed, "and more");
	assert_reads(&packed, &text, "gzip", "something else follows the gzip data");
	buffer_fini(&packed);
	buffer_fini(&text);
}

static void assert_refused(const char *name, struct stream_limits limits, const char *why)
{
	struct error err = ERROR_INIT;
	struct stream *s = stream_open(name, limits, &err);
	char room[65536];
	while (s != NULL && stream_read(s, room, sizeof room, &err) > 0)
		;
	stream_close(s);
	assert_int_equal(err.status, STATUS_DATA);
	if (strstr(err.message, why) == NULL)
		fail_msg("%s", err.message);
}

static void test_refuses_what_it_cannot_read(void **state)
{
	(void)state;
	struct buffer file = BUFFER_INIT;
	assert_refused("no/such/dump", STREAM_LIMITS_DEFAULT, "No such file");
	assert_refused(".", STREAM_LIMITS_DEFAULT, "is a folder");
	buffer_put(&file,
		"\xfd"
		"7zXZ\0",
		6);
	write_file(&file);
	assert_refused(path, STREAM_LIMITS_DEFAULT, "packed by xz");
	buffer_clear(&file);
	buffer_put(&file, "SQLite format 3", 16);
	write_file(&file);
	assert_refused(path, STREAM_LIMITS_DEFAULT, "is a database");
	buffer_clear(&file);
	buffer_put(&file, "\x1f\x8b\x08nonsense that is no gzip", 27);
	write_file(&file);
	assert_refused(path, STREAM_LIMITS_DEFAULT, "before anything");
	unlink(path);
	buffer_fini(&file);
}

static void test_stops_at_its_limits(void **state)
{
	(void)state;
	struct buffer file = make_text(1000);
	write_file(&file);
	assert_refused(
		path, (struct stream_limits){ .bytes = 5000 }, "more than 5000 bytes");
	/* A bomb: 300 MB of zeros. */
	size_t len = (size_t)300 << 20;
	char *zeros = calloc(1, len);
	assert_non_null(zeros);
	buffer_clear(&file);
	put_zstd(&file, zeros, len);
	free(zeros);
	write_file(&file);
	assert_refused(path, STREAM_LIMITS_DEFAULT, "times its size");
	unlink(path);
	buffer_fini(&file);
}

static void test_may_be_closed_at_any_time(void **state)
{
	(void)state;
	struct buffer text = make_text(300000), packed = BUFFER_INIT;
	put_zstd(&packed, text.data, text.len);
	write_file(&packed);
	for (size_t reads = 0; reads < 4; reads++) {
		struct error err = ERROR_INIT;
		struct stream *s = stream_open(path, STREAM_LIMITS_DEFAULT, &err);
		assert_non_null(s);
		char room[1000];
		for (size_t i = 0; i < reads; i++)
			assert_int_equal(stream_read(s, room, sizeof room, &err), 1000);
		stream_close(s);
	}
	unlink(path);
	buffer_fini(&packed);
	buffer_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_yields_the_same_from_every_packing),
		cmocka_unit_test(test_short_and_empty_files_are_plain),
		cmocka_unit_test(test_yields_what_is_there_of_torn_files),
		cmocka_unit_test(test_refuses_what_it_cannot_read),
		cmocka_unit_test(test_stops_at_its_limits),
		cmocka_unit_test(test_may_be_closed_at_any_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

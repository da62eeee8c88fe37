/* SPDX-License-Identifier: MIT */
/* sha256 - the digest of FIPS 180-4, for what names bytes by their hash. */
#ifndef MEMSEE_BASE_SHA256_H
#define MEMSEE_BASE_SHA256_H

#include "base/buffer.h"

#define SHA256_SIZE 32

/* The digest of `len` bytes.  O(len). */
void sha256(const void *data, size_t len, unsigned char digest[SHA256_SIZE]);

/* Appends the digest of `len` bytes in base64, as a Content-Security-Policy has it. */
void sha256_put_base64(struct buffer *out, const void *data, size_t len);

#endif

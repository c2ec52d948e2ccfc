/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json.h: write JSON, two spaces a level, to stdout.
 *
 * @key is NULL inside of an array.  Strings that are not UTF-8 have their
 * stray bytes replaced by U+FFFD, since JSON knows no others.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stdint.h>

void json_open(const char *key, char bracket);
void json_close(char bracket);
void json_string(const char *key, const char *value); /* NULL: null */
void json_number(const char *key, uint64_t value);
void json_bool(const char *key, bool value);
void json_address(const char *key, uint64_t value); /* "0x401136" */

#endif /* JSON_H */

/* The calls of files.h, handed to the kind of store that was opened. */
#include "files/files.h"

#include "files/parts.h"

void files_write_hex(char *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
}

struct place files_place(struct hash name)
{
	struct place p;

	files_write_hex(p.folder, name.at, 1);
	files_write_hex(p.path, name.at, 1);
	p.path[2] = '/';
	files_write_hex(p.path + 3, name.at + 1, HASH_LEN - 1);
	return p;
}

void files_close(struct files *files)
{
	if (files)
		files->kind->close(files);
}

bool files_is_remote(const struct files *files) { return files && files->kind->remote; }

OUTCOME files_put(const struct files *files, struct bytes content, struct hash *name)
{
	*name = hash_of(content);
	return files->kind->put(files, content, *name);
}

OUTCOME files_get(const struct files *files, struct arena *arena, struct hash name, struct bytes *out)
{
	*out = (struct bytes){ "", 0 };
	return files->kind->get(files, arena, name, out);
}

OUTCOME files_size(const struct files *files, struct hash name, int64_t *out)
{
	*out = 0;
	return files->kind->size(files, name, out);
}

OUTCOME files_check(const struct files *files, struct arena *arena, struct hash name)
{
	return files->kind->check(files, arena, name);
}

OUTCOME files_remove(const struct files *files, struct hash name) { return files->kind->remove(files, name); }

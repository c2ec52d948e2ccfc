// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "process.h"

#define WINDOW_SIZE 65536

static const char deleted_mark[] = " (deleted)";

/* The kernel writes a newline in a path as \012, and nothing else so. */
static void unescape(char *path)
{
	char *to = path;

	for (; *path; path++, to++) {
		*to = *path;
		if (!strncmp(path, "\\012", 4)) {
			*to = '\n';
			path += 3;
		}
	}
	*to = 0;
}

static bool parse_mapping(char *line, struct mapping *map)
{
	unsigned int major, minor;
	char perms[5];
	size_t size;
	int path = 0;

	line[strcspn(line, "\n")] = 0;
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %x:%x %" SCNu64 " %n",
		   &map->start, &map->end, perms, &map->offset, &major, &minor,
		   &map->inode, &path) < 7)
		return false;
	map->device = makedev(major, minor);
	map->executable = perms[2] == 'x';
	if (!line[path])
		return true;
	map->path = xstrdup(line + path);
	unescape(map->path);
	size = strlen(map->path);
	if (map->inode && size > sizeof(deleted_mark) - 1 &&
	    !strcmp(map->path + size - (sizeof(deleted_mark) - 1), deleted_mark)) {
		map->path[size - (sizeof(deleted_mark) - 1)] = 0;
		map->deleted = true;
	}
	return true;
}

/* A bit of the flags in /proc/PID/stat, set before the memory goes away. */
#define PF_EXITING 0x4ul

/* @dir: the folder of a thread, or of a process, then of its first thread. */
static bool thread_alive(int dir)
{
	int fd = dir < 0 ? -1 : openat(dir, "stat", O_RDONLY | O_CLOEXEC);
	char text[512], state, *name_end;
	unsigned long flags;
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return false;
	text[n] = 0;
	name_end = strrchr(text, ')');
	if (!name_end ||
	    sscanf(name_end, ") %c %*d %*d %*d %*d %*d %lu", &state, &flags) != 2)
		return false;
	return state != 'Z' && state != 'X' && !(flags & PF_EXITING);
}

/*
 * find_thread: open the folder of a thread that lives.  Its number is not given anew
 * before it has exited, so if it lives afterwards no other has been opened.
 */
static bool find_thread(struct process *proc)
{
	int fd = openat(proc->dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *tasks = fd < 0 ? NULL : fdopendir(fd);
	bool found = false;
	struct dirent *entry;

	if (!tasks) {
		close(fd);
		return false;
	}
	while (!found && (entry = readdir(tasks))) {
		char path[sizeof(entry->d_name) + sizeof("/proc/")];
		int task;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%s", entry->d_name);
		task = openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (proc->thread >= 0 && proc->thread != proc->dir)
			close(proc->thread);
		proc->thread = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		found = proc->thread >= 0 && thread_alive(task);
		if (task >= 0)
			close(task);
	}
	closedir(tasks);
	return found;
}

bool process_alive(struct process *proc)
{
	return thread_alive(proc->thread) || find_thread(proc);
}

static bool no_memory(struct process *proc, struct fault *fault)
{
	return fault_set(fault,
			 process_alive(proc)
				 ? "is a kernel thread, which has no memory of its own"
				 : "has exited");
}

static bool read_maps(struct process *proc, struct fault *fault)
{
	int fd = openat(proc->thread, "maps", O_RDONLY | O_CLOEXEC);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "r");
	size_t size = 0, room = 0;
	char *line = NULL;
	bool failed;

	if (!in)
		return process_alive(proc) ? fault_set(fault, "cannot read its mappings")
					   : no_memory(proc, fault);
	while (getline(&line, &size, in) > 0) {
		if (proc->nmap == room) {
			room = room ? 2 * room : 256;
			proc->map = reallocarray(proc->map, room, sizeof(*proc->map));
			if (!proc->map)
				break;
		}
		proc->map[proc->nmap] = (struct mapping){ 0 };
		if (parse_mapping(line, &proc->map[proc->nmap]))
			proc->nmap++;
	}
	failed = ferror(in);
	free(line);
	fclose(in);
	if (failed || !proc->map)
		return no_memory(proc, fault);
	return true;
}

static char *read_name(struct process *proc)
{
	int fd = openat(proc->dir, "comm", O_RDONLY | O_CLOEXEC);
	char name[64] = "?";
	ssize_t n;

	if (fd >= 0) {
		n = read(fd, name, sizeof(name) - 1);
		name[n > 0 ? n : 0] = 0;
		name[strcspn(name, "\n")] = 0;
		close(fd);
	}
	return xstrdup(name);
}

static bool open_files(struct process *proc, struct fault *fault)
{
	char path[32];
	int error;

	snprintf(path, sizeof(path), "/proc/%d", (int)proc->pid);
	proc->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (proc->dir < 0)
		return fault_set(fault, "%s",
				 errno == ENOENT ? "there is no such process"
						 : strerror(errno));
	proc->thread = proc->dir;
	if (!process_alive(proc))
		return fault_set(fault, "has exited");
	proc->memory = openat(proc->thread, "mem", O_RDONLY | O_CLOEXEC);
	if (proc->memory >= 0)
		return true;
	error = errno;
	if (error == ENOENT || error == ESRCH || !process_alive(proc))
		return no_memory(proc, fault);
	if (error == EACCES || error == EPERM)
		return fault_set(
			fault,
			"no permission to read its memory: it takes CAP_SYS_PTRACE or the "
			"same user, see ptrace(2), \"Ptrace access mode checking\"");
	return fault_set(fault, "cannot open its memory: %s", strerror(error));
}

bool process_open(pid_t pid, struct process *proc, struct fault *fault)
{
	*proc = (struct process){ .pid = pid, .dir = -1, .thread = -1, .memory = -1 };
	if (open_files(proc, fault) && read_maps(proc, fault)) {
		proc->name = read_name(proc);
		proc->window = xcalloc(WINDOW_SIZE, 1);
		return true;
	}
	process_close(proc);
	return false;
}

void process_close(struct process *proc)
{
	for (size_t i = 0; i < proc->nmap; i++)
		free(proc->map[i].path);
	free(proc->map);
	free(proc->name);
	free(proc->window);
	if (proc->memory >= 0)
		close(proc->memory);
	if (proc->thread >= 0 && proc->thread != proc->dir)
		close(proc->thread);
	if (proc->dir >= 0)
		close(proc->dir);
}

const struct mapping *process_mapping(const struct process *proc, uint64_t addr)
{
	size_t lo = 0, hi = proc->nmap;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (addr < proc->map[mid].start)
			hi = mid;
		else if (addr >= proc->map[mid].end)
			lo = mid + 1;
		else
			return &proc->map[mid];
	}
	return NULL;
}

void process_forget(struct process *proc)
{
	proc->window_size = 0;
}

static bool read_exactly(struct process *proc, uint64_t addr, void *buf, size_t size)
{
	return pread(proc->memory, buf, size, addr) == (ssize_t)size;
}

bool process_read(struct process *proc, uint64_t addr, void *buf, size_t size)
{
	uint64_t into = addr - proc->window_start;
	ssize_t n;

	if (into < proc->window_size && proc->window_size - into >= size) {
		memcpy(buf, proc->window + into, size);
		return true;
	}
	n = pread(proc->memory, proc->window, WINDOW_SIZE, addr);
	proc->window_start = addr;
	proc->window_size = n > 0 ? n : 0;
	if (proc->window_size < size)
		return read_exactly(proc, addr, buf, size);
	memcpy(buf, proc->window, size);
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init.c: what a guest's kernel starts: runs the commands, one after the other,
 * says how each of them ended, and powers off.
 *
 * COMMANDS names the file with them; boot.py writes it, and reads what is said.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

struct command {
	unsigned int seconds;
	char **argv, **envp;
};

static const struct command commands[] = {
#include COMMANDS
};

/* The status as Python has it: negative for a signal. */
static int run(const struct command *command)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		alarm(command->seconds);
		execve(command->argv[0], command->argv, command->envp);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 126;
	/* And whatever it has left behind. */
	kill(-1, SIGKILL);
	while (wait(NULL) > 0)
		;
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int main(void)
{
	unsigned int i;
	int status;

	if (mount("proc", "/proc", "proc", 0, NULL))
		perror("mount /proc");
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		printf("\n@@ command %u\n", i);
		fflush(stdout);
		status = run(&commands[i]);
		printf("\n@@ status %d\n", status);
		fflush(stdout);
	}
	puts("@@ done");
	fflush(stdout);
	sync();
	sleep(1);
	reboot(RB_POWER_OFF);
	return 1;
}

#include "sandbox/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/bytes.h"

static void limit(__rlimit_resource_t what, rlim_t value)
{
	struct rlimit r = { value, value };

	BUG_ON(setrlimit(what, &r));
}

void cage_limits(size_t spill_max)
{
	if (!CAGE_LIFTS_MEMORY)
		limit(RLIMIT_AS, 1024 * MiB);
	limit(RLIMIT_CPU, 1800);         /* 200 jobs of a hostile 9 s; the wall clock of a job is the client's */
	limit(RLIMIT_NOFILE, 64);
	limit(RLIMIT_FSIZE, spill_max);  /* 0, but where the client passes a file to spill to */
	limit(RLIMIT_CORE, 0);
	/* A core_pattern that is a pipe ignores RLIMIT_CORE: no picture of a person may lie in a crash report. */
	BUG_ON(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
}

void cage_no_new_privs(void)
{
	BUG_ON(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

/* linux/landlock.h of a build machine may know less than the kernel we run on: the ruleset is written here. */
struct landlock_ruleset {
	uint64_t fs, net, scoped;
};
enum { LANDLOCK_VERSION = 1 };

int cage_landlock(void)
{
	struct landlock_ruleset rules = { .fs = (1U << 13) - 1 };        /* ABI 1: execute, read, write, make, remove */
	size_t size = sizeof rules.fs;
	int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION), fd;

	if (abi < 1)
		return 0;
	if (abi >= 2)
		rules.fs |= 1U << 13;            /* refer */
	if (abi >= 3)
		rules.fs |= 1U << 14;            /* truncate */
	if (abi >= 4) {
		rules.net = 3;                   /* bind, connect TCP */
		size += sizeof rules.net;
	}
	if (abi >= 5)
		rules.fs |= 1U << 15;            /* ioctl on devices */
	if (abi >= 6) {
		rules.scoped = 3;                /* abstract sockets, signals */
		size += sizeof rules.scoped;
	}
	fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	if (fd < 0)
		return 0;
	if (syscall(SYS_landlock_restrict_self, fd, 0))
		abi = 0;
	close(fd);
	return abi;
}

/* Async-signal-safe: the number, then the end. */
static void trapped(int sig, siginfo_t *info, void *context)
{
	char line[] = "system call      refused\n", *digit = line + 15;

	(void)sig;
	(void)context;
	for (int nr = info->si_syscall; nr > 0 && digit > line + 11; nr /= 10)
		*digit-- = (char)('0' + nr % 10);
	if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
		_exit(CAGE_TRAPPED);
	_exit(CAGE_TRAPPED);
}

static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(pread64), SCMP_SYS(fstat),
	SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(alarm),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
};

/* What libraries try and do without. newfstatat too: it would tell which paths exist, and Landlock does not hide that. */
static const int denied[] = {
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(newfstatat),
	SCMP_SYS(stat), SCMP_SYS(readlink), SCMP_SYS(ioctl), SCMP_SYS(sched_setaffinity),
	SCMP_SYS(sched_getparam), SCMP_SYS(sched_setparam), SCMP_SYS(sched_getscheduler), SCMP_SYS(sched_setscheduler),
	SCMP_SYS(sched_get_priority_min), SCMP_SYS(sched_get_priority_max), SCMP_SYS(sched_getattr), SCMP_SYS(sched_setattr),
};

/* glibc's flags for a thread, exactly: a process, a namespace, a vfork have others. */
#define THREAD_FLAGS (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS | \
	CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

/* Calls that depend on an argument. Memory is never both ours to write and to run: no mapping is made executable any more. */
static int add_conditions(scmp_filter_ctx f)
{
	const uint32_t no = SCMP_ACT_ERRNO(EACCES), yes = SCMP_ACT_ALLOW;
	const scmp_datum_t exec = PROT_EXEC, none = 0;
	int bad = 0;

	bad |= seccomp_rule_add(f, yes, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, exec, none));
	bad |= seccomp_rule_add(f, no, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, exec, exec));
	bad |= seccomp_rule_add(f, yes, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, exec, none));
	bad |= seccomp_rule_add(f, no, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, exec, exec));
	bad |= seccomp_rule_add(f, yes, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)THREAD_FLAGS));
	bad |= seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);         /* glibc then uses clone */
	bad |= seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(sched_getaffinity), 0);      /* pthread_getattr_np bears it */
	bad |= seccomp_rule_add(f, yes, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));      /* abort() */
	bad |= seccomp_rule_add(f, yes, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)F_GETFL));
	bad |= seccomp_rule_add(f, yes, SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)PR_SET_NAME));
	bad |= seccomp_rule_add(f, no, SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)PR_SET_NAME));
	return bad;
}

bool cage_seccomp(void)
{
	struct sigaction action = { .sa_sigaction = trapped, .sa_flags = SA_SIGINFO };
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_TRAP);
	int bad = 0;

	if (!f)
		return false;
	BUG_ON(sigaction(SIGSYS, &action, NULL));
	bad |= seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1);
	bad |= seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	for (size_t i = 0; i < COUNT(allowed); i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < COUNT(denied); i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), denied[i], 0);
	bad |= add_conditions(f);
	if (!bad)
		bad = seccomp_load(f);
	seccomp_release(f);
	return !bad;
}

struct cage_state cage_lock(size_t spill_max)
{
	struct cage_state state;

	cage_limits(spill_max);
	cage_no_new_privs();
	state.landlock = cage_landlock();
	state.seccomp = cage_seccomp();
	return state;
}

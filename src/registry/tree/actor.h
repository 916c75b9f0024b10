/* actor.h: who acts. Built by registry/access from a session, or by a command of the installation's own.
 * It stands here, below audit and access, so that a trace can name its author without knowing of sessions. */
#ifndef REGISTRY_ACTOR_H
#define REGISTRY_ACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Roles are given on a unit and hold for all below it (design.md 2). */
#define ROLES_LIST(X) \
	X(CITIZEN, "citizen", "Người dân") \
	X(BRANCH, "branch", "Chi hội") \
	X(DEPUTY, "deputy", "Phó chi hội") \
	X(COMMUNE, "commune", "Hội Khuyến học xã, phường") \
	X(AUTHORITY, "authority", "Cơ quan công nhận") \
	X(PROVINCE, "province", "Hội Khuyến học tỉnh") \
	X(AUDITOR, "auditor", "Kiểm tra (chỉ xem)") \
	X(ADMIN, "admin", "Quản trị hệ thống")

enum role {
#define ROLE_ENUM(name, code, label) ROLE_##name,
	ROLES_LIST(ROLE_ENUM)
#undef ROLE_ENUM
	ROLES
};

struct grant { enum role role; int64_t unit_id; };

struct actor {
	int64_t account_id;              /* 0: the installation itself (a command, a job) */
	int64_t person_id;               /* 0: an account that is nobody's own */
	const char *name;                /* as shown beside what was done */
	const struct grant *grants;      /* those that hold today */
	size_t n_grants;
	bool is_system;                  /* a command at the machine: may everything */
};

#endif

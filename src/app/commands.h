/* commands.h: what the program's own commands run; the table is commands.c. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/command.h"

int serve_run(struct app *, const struct arguments *);
int setup_run(struct app *, const struct arguments *);
int migrate_run(struct app *, const struct arguments *);
int backup_run(struct app *, const struct arguments *);
int copy_run(struct app *, const struct arguments *);
int restore_run(struct app *, const struct arguments *);
int import_units_run(struct app *, const struct arguments *);
int import_successors_run(struct app *, const struct arguments *);
int import_hamlets_run(struct app *, const struct arguments *);
int import_criteria_run(struct app *, const struct arguments *);
int import_roster_run(struct app *, const struct arguments *);
int user_add_run(struct app *, const struct arguments *);
int user_role_run(struct app *, const struct arguments *);
int user_code_run(struct app *, const struct arguments *);
int user_lock_run(struct app *, const struct arguments *);
int import_targets_run(struct app *, const struct arguments *);
int import_population_run(struct app *, const struct arguments *);
int figures_run(struct app *, const struct arguments *);
int report_run(struct app *, const struct arguments *);
int report_list_run(struct app *, const struct arguments *);
int check_run(struct app *, const struct arguments *);
int verify_run(struct app *, const struct arguments *);
int permissions_run(struct app *, const struct arguments *);

#endif

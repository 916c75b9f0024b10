/* roster_lists.h: what the tests of lists share: an officer of the commune whose lists are read by jobs. */
#ifndef TESTS_ROSTER_LISTS_H
#define TESTS_ROSTER_LISTS_H

#include "tests/world.h"
#include "title/roster/roster_list.h"

#define HEAD "ho_ten,ngay_sinh,gioi_tinh,so_dinh_danh,dien_thoai,ap,nhom,tc1,tc2,tc3,tc4,tc5,tc6,tc7,tc8,tc9,tc10\n"
extern const char roster_three[];                 /* three people: all scores, one score, none */
extern const struct list_settings roster_own;    /* scores are the people's own */

void roster_world_open(struct world *w);
void roster_world_close(struct world *w);
void roster_world_work(struct world *w);
struct list roster_world_list(struct world *w, int64_t id);
struct list roster_world_sent(struct world *w, const char *csv);
struct list roster_world_applied(struct world *w, struct list list, const struct list_settings *s);

#endif

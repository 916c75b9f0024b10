#include "title/transfers/transfers_cli.h"

#include <stdio.h>

#include "registry/access/access.h"
#include "text/format.h"
#include "title/transfers/succession.h"

static void print_roles(struct arena *a, const struct succession *s)
{
	printf("Vai trò cán bộ: %s theo sang đơn vị mới, %s cần giao lại bằng hoctap user role.\n",
	       format_int(a, s->roles_followed), format_int(a, (int64_t)s->roles_left.n));
	for (size_t i = 0; i < s->roles_left.n; i++)
		printf("  %s: %s ở %s\n", s->roles_left.at[i].name, role_label(s->roles_left.at[i].role),
		       s->roles_left.at[i].unit);
}

OUTCOME successors_cli_import(struct ask *ask, const struct successors_args *args)
{
	struct arena *a = ask->arena;
	struct succession s;

	TRY(succession_import(ask, args->file, args->on_day, args->dry_run, &s));
	printf("Đọc %lld dòng: nối %lld cũ sang mới, đóng %lld đơn vị; %lld ấp, đơn vị đổi nơi trực thuộc, %lld chờ xếp.\n",
		(long long)s.counts.lines, (long long)s.counts.edges, (long long)s.counts.ended, (long long)s.counts.moved,
		(long long)s.counts.waiting);
	if (s.n_lines)
		printf("%-8s %8s %10s %10s\n", "mã", "ấp, đvị", "người", "phiếu mở");
	for (size_t i = 0; i < s.n_lines; i++)
		printf("%-8s %8s %10s %10s  %s\n", s.lines[i].code, format_int(a, s.lines[i].leaves), format_int(a,
		s.lines[i].people),
			format_int(a, s.lines[i].sheets), s.lines[i].name);
	printf("Chờ xếp: %s ấp, đơn vị của xã, phường đã chia, %s người; xếp ở trang /cho-xep.\n",
		format_int(a, s.waiting_leaves), format_int(a, s.waiting_people));
	print_roles(a, &s);
	if (args->dry_run)
		puts("Mới xem trước: chưa ghi gì. Bỏ --dry-run để làm thật; nên sao lưu trước.");
	return OK;
}

OUTCOME successors_cli_explain(struct ask *ask, bool *all)
{
	struct arena *a = ask->arena;
	struct whereabouts w;

	TRY(succession_where(ask, &w));
	printf("%s người ở đơn vị có hôm nay; %s người ở ấp, đơn vị chờ xếp; %s người ở đơn vị không còn; "
		"%s người chưa theo kịp đơn vị.\n", format_int(a, w.placed), format_int(a, w.waiting), format_int(a, w.lost),
		format_int(a, w.behind));
	if (w.grants)
		printf("%s vai trò còn ghi ở đơn vị đã hết, không dùng được nữa: giao lại ở đơn vị mới bằng hoctap user role.\n",
			format_int(a, w.grants));
	if (w.authorities)
		printf("%s đơn vị đã hết có ghi riêng cơ quan công nhận; điều ghi ấy không theo sang. Cần thì ghi lại cho đơn vị "
			"mới ở trang Cơ quan công nhận.\n", format_int(a, w.authorities));
	*all = !w.lost && !w.behind;
	return OK;
}

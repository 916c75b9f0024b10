/* The linker takes the files as they are: no copy in source, no time to compile. SHARE_DIR comes from meson. */
#include "app/shipped.h"
#include "title/roster/exchange.h"

#define SHIP(name, path) \
	__asm__(".section .rodata\n\t.balign 16\n" \
		"shipped_" #name "_at:\n\t.incbin \"" SHARE_DIR "/" path "\"\nshipped_" #name "_end:\n\t.byte 0\n\t.previous\n"); \
	extern const char shipped_##name##_at[], shipped_##name##_end[]; \
	struct bytes shipped_##name(void) \
	{ \
		return (struct bytes){ shipped_##name##_at, (size_t)(shipped_##name##_end - shipped_##name##_at) }; \
	}

SHIP(units_2025, "units/units-2025.csv")
SHIP(units_before_2025, "units/units-before-2025-long-an-tay-ninh.csv")
SHIP(successors_2025, "units/successors-2025-07-01-long-an-tay-ninh.csv")
SHIP(criteria, "criteria/cong-dan-hoc-tap-tham-khao.json")
SHIP(exchange_congdanhoctap, "exchange/congdanhoctap-vn.json")
SHIP(exchange_trung_uong, "exchange/trung-uong-hoi.json")
SHIP(targets, "criteria/muc-tieu-long-an-2188.json")

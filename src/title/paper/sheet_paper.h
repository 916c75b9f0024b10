/* sheet_paper.h: form CDHT-02 (bieu-mau.md) on paper, two sides of A4 a person (with criteria that ask more, as many as they
 * need, each with the code and the name), in their group's own words; and the loose leaf
 * "Mức điểm của từng câu" with the words of each level. Private to title/paper; PDF is what they are made for. */
#ifndef TITLE_SHEET_PAPER_H
#define TITLE_SHEET_PAPER_H

#include "document/document.h"
#include "registry/tree/tree.h"
#include "title/paper/paper.h"

/* All that paper_sheets lists; each begins on an odd page. Streams. */
OUTCOME sheets_paper(struct ask *ask, const struct unit *leaf, const struct round *, struct document **out);
/* One person, whatever the state: a sheet that was lost is printed again, or one side of it (document_render_page). */
OUTCOME sheet_paper(struct ask *ask, const struct unit *leaf, const struct round *, const struct paper_sheet *,
	struct document **out);
/* How many sides it takes. */
OUTCOME sheet_paper_sides(struct ask *ask, const struct unit *leaf, const struct round *, const struct paper_sheet *, int *out);
OUTCOME levels_paper(struct ask *ask, const struct criteria *, size_t group, struct document **out);

/* Where the bubbles of a question stand (docs/paper-sheet.md): mm from the left and top edge of the page. */
struct sheet_bubbles { int indicator, side; double x0_mm, x10_mm, y_mm; };
struct sheet_geometry { size_t n; struct sheet_bubbles at[SCORES_MAX]; };
/* Of that very sheet, by laying it out again. */
OUTCOME sheet_geometry(struct ask *ask, const struct unit *leaf, const struct round *, const struct paper_sheet *,
	struct sheet_geometry *out);

#endif

/* demo_names.h: invented names with the frequencies of the south: families, middle and given names, hamlets, organisations. */
#ifndef APP_DEMO_NAMES_H
#define APP_DEMO_NAMES_H

#include "app/demo/demo_random.h"
#include "base/arena.h"
#include "text/sex.h"

const char *demo_family(struct chance *);
const char *demo_person_name(struct arena *, struct chance *, const char *family, enum sex);
/* The n-th hamlet of a commune: "Ấp Bình Hoà" in a xã, "Khu phố 3" in a phường; `first` shifts the list, one a commune. */
const char *demo_hamlet(struct arena *, int first, int n, bool urban);
/* The n-th organisation of a commune and its kind: a school first, then its committee, firms, agencies. */
const char *demo_organisation(struct arena *, struct chance *, int n, const char *commune, const char **kind);
/* What a reviewer writes when a score changes. */
const char *demo_reason(struct chance *);

#endif

/* sex.h: what a civil paper says, and all that addresses, identity numbers and figures need of it.
 * Stored as these numbers: never reorder. */
#ifndef TEXT_SEX_H
#define TEXT_SEX_H

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

#endif

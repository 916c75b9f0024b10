/* outcome.h: how an operation ended. One type in the whole program.
 *
 * OK         done; in a WRITE route: what was done will be committed
 * INVALID    the person's input: ask->problems says what, beside which field (422)
 * NOT_FOUND  no such thing, or its existence is not for this actor (404)
 * FORBIDDEN  the actor may not (403; shown as 404 where existence is secret)
 * CONFLICT   somebody was faster: the version read is no longer the stored one (409)
 * FAILED     the world failed (disk, database, peer): logged where it was seen (500)
 *
 * Any outcome but OK leaves the store as it was. Our own bugs are not outcomes: BUG_ON aborts. */
#ifndef BASE_OUTCOME_H
#define BASE_OUTCOME_H

enum outcome { OK, INVALID, NOT_FOUND, FORBIDDEN, CONFLICT, FAILED };

/* What a function that may fail returns: the compiler refuses to let it be ignored. */
#define OUTCOME __attribute__((warn_unused_result)) enum outcome

/* Returns x's outcome unless it is OK: the only control-flow macro of the house. */
#define TRY(x) \
	do { \
		enum outcome try_outcome_ = (x); \
		if (try_outcome_ != OK) \
			return try_outcome_; \
	} while (0)

#endif

/* A commune ended and went whole into another: its meetings, postings, objections and proposals under way are the other's. No
 * version moves and nothing is written into the trail: nobody changed them. */
#include "recognition_sql.h"
#include "title/recognition/recognition.h"

OUTCOME recognition_succeed(struct ask *ask, int64_t from_id, int64_t to_id)
{
	TRY(sql_meeting_succeed(ask, to_id, from_id));
	TRY(sql_posting_succeed(ask, to_id, from_id));
	TRY(sql_objection_succeed(ask, to_id, from_id));
	return sql_proposal_succeed(ask, to_id, from_id);
}

OUTCOME recognition_unsucceed(struct ask *ask, int64_t from_id, int64_t to_id)
{
	TRY(sql_meeting_unsucceed(ask, from_id, to_id));
	TRY(sql_posting_unsucceed(ask, from_id, to_id));
	TRY(sql_objection_unsucceed(ask, from_id, to_id));
	return sql_proposal_unsucceed(ask, from_id, to_id);
}

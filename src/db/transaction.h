/* transaction.h: all or nothing around an operation.
 *
 *	DB_TRANSACTION(tx, ask->db);
 *	TRY(…);
 *	return db_commit(&tx);
 *
 * Leaving the scope without db_commit rolls back; a look before an act does the act and leaves so on purpose. Inside a batch or
 * another transaction it is a savepoint, so operations nest.
 * Begun as a writer (BEGIN IMMEDIATE): a transaction that reads first and writes later cannot be refused half way. */
#ifndef DB_TRANSACTION_H
#define DB_TRANSACTION_H

#include "db/db.h"

struct db_transaction { struct db *db; int depth; bool open, landed; };

struct db_transaction db_begin(struct db *);         /* after a failed begin every statement fails */
OUTCOME db_commit(struct db_transaction *);
void db_leave(struct db_transaction *);

#define DB_TRANSACTION(tx, db) \
	struct db_transaction tx __attribute__((cleanup(db_leave), unused)) = db_begin(db)

#endif

// duckdb.mjs CSV: the same questions of the same rows, in DuckDB's own columns, two threads, seven times each; the middle time.
import { DuckDBInstance } from '@duckdb/node-api'

const db = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
await db.run(`create table s as select * from read_csv('${process.argv[2]}')`)
const people = (await db.runAndReadAll('select count(*) from s')).getRows()[0][0]
for (const [name, keys] of [['group, state', 'group_code, state'], ['unit, age', 'commune_id, age_band'], ['leaf, sex', 'leaf_id, sex']]) {
	const took = []
	for (let i = 0; i < 8; i++) {
		const from = performance.now()
		await db.runAndReadAll(`select ${keys}, count(*), count(*) filter (total > 0), sum(total) from s group by all`)
		took.push(performance.now() - from)
	}
	const first = took.shift()
	console.log(`DuckDB  ${name.padEnd(12)}  ${people} people  first ${first.toFixed(1)} ms  middle ${took.sort((a, b) => a - b)[3].toFixed(1)} ms`)
}
process.exit(0)

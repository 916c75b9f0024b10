// node tests/browser/run.mjs [WORD…]: runs the tests/browser/*.test.mjs whose file name has one of the words (all without one).
import { readdirSync } from 'node:fs'
import { close_all, run_all } from './harness.mjs'

const words = process.argv.slice(2)
const files = readdirSync(new URL('.', import.meta.url)).filter(name => name.endsWith('.test.mjs')).sort()
for (const name of files.filter(name => !words.length || words.some(word => name.includes(word)))) await import(`./${name}`)

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, async () => { await close_all(); process.exit(1) })
let failed = 1
try {
  failed = await run_all()
} finally {
  await close_all()
}
process.exitCode = failed ? 1 : 0

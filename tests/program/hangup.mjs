// Clients that misbehave. Arguments: URL KIND N: `cut` sends a request and hangs up after a random number of its bytes; `slow` sends one byte a second
// until it is told to go (a line on stdin). Prints a line when all are there.
import net from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const [url, kind, n] = process.argv.slice(2), { hostname, port } = new URL(url)
const body = 'login=0123456789&passphrase=' + 'x'.repeat(200)
const requests = [
	`GET /don-vi HTTP/1.1\r\nHost: ${hostname}\r\nUser-Agent: ${'m'.repeat(120)}\r\n\r\n`,
	`POST /dang-nhap HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
]
const open = () => new Promise(resolve => {
	const s = net.connect(Number(port), hostname, () => resolve(s))
	s.on('error', () => resolve(s)).resume()
})
// a generator with a fixed seed: a run that fails can be run again
let seed = 20261125
const random = below => (seed = (seed * 1103515245 + 12345) % 2147483648) % below

if (kind === 'cut') {
	for (let i = 0; i < n; i += 50)
		await Promise.all(Array.from({ length: 50 }, async (_, k) => {
			const text = requests[k % 2], s = await open()
			s.write(text.slice(0, 1 + random(text.length)))
			await wait(random(30))
			if (k % 3) s.destroy()
			else s.resetAndDestroy()
		}))
	console.log('done')
} else {
	const all = []
	for (let i = 0; i < n; i += 100) all.push(...await Promise.all(Array.from({ length: 100 }, open)))
	console.log('there')
	let at = 0, stop = false
	process.stdin.once('data', () => { stop = true })
	while (!stop) {
		all.forEach((s, i) => { if (!s.destroyed && s.writable) s.write(requests[i % 2][at] ?? 'x') })
		at++
		await wait(1000)
	}
	all.forEach(s => s.destroy())
	process.exit(0)
}

// A real S3 server (s3rver) behind a door that checks each request's Signature Version 4 by itself, written from Amazon's description
// of it, and that can be told to misbehave. Arguments: FOLDER KEY_ID SECRET. Prints its port; /state of its second port (printed after it)
// sets how: ok, 503, hang, cut, or 503:N for the next N. GET /seen there tells what came: {"PUT":1,…,"bad":0}.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, request } from 'node:http'
import { createRequire } from 'node:module'

const S3rver = createRequire(new URL('../../web/package.json', import.meta.url))('s3rver')
const [folder, id, secret] = process.argv.slice(2)
const sha = data => createHash('sha256').update(data).digest('hex')
const hmac = (key, data) => createHmac('sha256', key).update(data).digest()
const seen = { HEAD: 0, GET: 0, PUT: 0, DELETE: 0, bad: 0, refused: 0 }
let state = 'ok', left = 0

function fault(req, body)
{
	const m = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(req.headers.authorization ?? '')
	if (!m) return 'no authorization'
	const [, who, day, region, names, signature] = m, signed = names.split(';'), date = req.headers['x-amz-date'] ?? ''
	if (who !== id) return 'whose key'
	for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date'])
		if (!signed.includes(name)) return `${name} is not signed`
	if (!date.startsWith(day) || Math.abs(Date.now() - Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))) > 900e3) return 'date'
	if (req.headers['x-amz-content-sha256'] !== sha(body)) return 'content hash'
	const [path, query = ''] = req.url.split('?')
	const canonical = [req.method, path, query.split('&').sort().join('&'), ...signed.map(n => `${n}:${(req.headers[n] ?? '').trim()}`), '', names, sha(body)].join('\n')
	const scope = `${day}/${region}/s3/aws4_request`
	const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac('AWS4' + secret, day), region))
	return timingSafeEqual(hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha(canonical)].join('\n')), Buffer.from(signature, 'hex')) ? '' : 'signature'
}

process.on('uncaughtException', e => console.error('front', e.message))
const s3 = new S3rver({ directory: folder, address: '127.0.0.1', port: 0, silent: true, allowMismatchedSignatures: true, configureBuckets: [{ name: 'kho', configs: [] }] })
const inner = await s3.run()

const front = createServer(async (req, res) => {
	const pieces = []
	try {
		for await (const piece of req) pieces.push(piece)
	} catch {
		return                          // who asked has hung up
	}
	const body = Buffer.concat(pieces), wrong = fault(req, body)
	if (wrong) { seen.bad++; console.error(wrong, req.method, req.url); return res.writeHead(403).end() }
	if (state === 'hang') { seen.refused++; return }
	if (state === 'cut') { seen.refused++; return req.socket.destroy() }
	if (state === '503' || left-- > 0) { seen.refused++; return res.writeHead(503).end() }
	seen[req.method]++
	request({ port: inner.port, host: '127.0.0.1', method: req.method, path: req.url, headers: { ...req.headers, authorization: req.headers.authorization.replace(id, 'S3RVER') } }, answer => {
		res.writeHead(answer.statusCode, answer.headers)
		answer.pipe(res)
	}).on('error', () => res.destroy()).end(body)
})
const control = createServer((req, res) => {
	if (req.url === '/seen') return res.end(JSON.stringify(seen))
	state = req.url.slice(1)
	left = 0
	if (state.startsWith('503:')) { left = Number(state.slice(4)); state = 'ok' }
	res.end('\n')
})
front.listen(0, '127.0.0.1', () => control.listen(0, '127.0.0.1', () => console.log(front.address().port, control.address().port)))

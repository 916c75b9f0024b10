// failover_client.mjs URL ACCOUNTS UNIT OUT WRITERS: officers who add people one after the other, each until it is acknowledged, and a visitor who
// reads. Every answer is a line of OUT: {ms, what: ack|again|read|away|missing, name, tries, status}. SIGTERM: the posts under way are brought to
// an answer, then it ends. Nothing is sent again without the token it was first sent with.
import { request } from 'node:https';
import { readFileSync, openSync, writeSync } from 'node:fs';
import { Agent } from 'node:https';

const [base, accounts, unit, out, writers] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
const log = openSync(out, 'a');
const tell = line => writeSync(log, JSON.stringify({ ms: Date.now(), ...line }) + '\n');
const pause = ms => new Promise(done => setTimeout(done, ms));
const branch = JSON.parse(readFileSync(accounts)).find(a => a.role === 'branch');
let stop = false;
process.on('SIGTERM', () => { stop = true; });

function ask(jar, method, path, fields) {
	const body = fields ? new URLSearchParams(fields).toString() : undefined;
	const headers = { cookie: Object.entries(jar).map(([k, v]) => `${k}=${v}`).join('; ') };
	if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) });
	return new Promise(done => {
		const req = request(base + path, { method, headers, agent, timeout: 30000 }, res => {
			let text = '';
			res.setEncoding('utf8').on('data', d => { text += d; }).on('end', () => done({ status: res.statusCode, location: res.headers.location, text }))
				.on('error', () => done({ status: 0, text: '' }));
			for (const c of res.headers['set-cookie'] ?? []) { const [pair] = c.split(';'), at = pair.indexOf('='); jar[pair.slice(0, at)] = pair.slice(at + 1); }
		});
		req.on('timeout', () => req.destroy(new Error('timeout'))).on('error', () => done({ status: 0, text: '' }));
		req.end(body);
	});
}
const token = text => text.match(/name="token" value="([^"]*)"/)?.[1];
const letters = n => String(n).replace(/[0-9]/g, d => 'abcdefghij'[d]);

// Until it is there: a page, or with fields a post that answers 303.
async function until(jar, method, path, fields) {
	for (let tries = 1; ; tries++) {
		const r = await ask(jar, method, path, fields);
		if (r.status === (fields ? 303 : 200)) return { ...r, tries };
		if (r.status !== 503 && r.status !== 502 && r.status !== 504 && r.status !== 0) return { ...r, tries };
		tell({ what: 'again', status: r.status, path });
		await pause(300);
	}
}

async function writer(i) {
	const jar = {}, page = await until(jar, 'GET', '/dang-nhap');
	const entered = await until(jar, 'POST', '/dang-nhap', { token: token(page.text), ve: '', login: branch.login, passphrase: branch.passphrase });
	if (entered.status !== 303) { tell({ what: 'wrong', status: entered.status, path: 'sign in' }); return; }
	for (let n = 0; !stop; n++) {
		const name = `Người X${letters(i)} Y${letters(n)}`;
		const form = await until(jar, 'GET', `/nguoi/them?unit=${unit}`);
		const done = await until(jar, 'POST', '/nguoi/them', { token: token(form.text), unit, name, birth: '1990', sex: '1', group: 'nong_dan', leaf: 'noi-o', hamlet: unit });
		if (done.status !== 303) { tell({ what: 'wrong', name, status: done.status, path: '/nguoi/them' }); return; }
		tell({ what: 'ack', name, tries: done.tries });
		const seen = await ask(jar, 'GET', done.location);
		if (seen.status === 200 && !seen.text.includes(name)) tell({ what: 'missing', name });
		if (seen.status === 404) tell({ what: 'missing', name });
		await pause(20);
	}
}

async function visitor() {
	for (; !stop; await pause(100)) {
		const r = await ask({}, 'GET', '/ket-qua');
		tell({ what: r.status === 200 ? 'read' : 'away', status: r.status });
	}
}

await Promise.all([visitor(), ...Array.from({ length: Number(writers) }, (_, i) => writer(i))]);
agent.destroy();

// flame.mjs "TITLE" [WITHIN]: `perf script` on stdin, a flame graph as SVG on stdout: width is share of processor time, callers stand
// below what they call. WITHIN: a regular expression; only stacks that pass through such a function count, and begin there.
// Frames without names, and those of the kernel and of SQLite below their door, are drawn as one.
import { hierarchy, partition } from 'd3-hierarchy'
import { createInterface } from 'node:readline'

const [title, within] = process.argv.slice(2)
const WIDTH = 1200, ROW = 17, TOP = 34, LEAST = 0.004
const wanted = within && new RegExp(within)
const root = { name: 'all', value: 0, children: new Map() }

const nameOf = (symbol, dso) => {
	const place = dso.replace(/.*\//, '').replace(/[.-]\d.*|\.so.*/, '')

	if (dso.startsWith('[kernel') || dso.startsWith('[guest')) return '[kernel]'
	if (symbol === '[unknown]' || symbol.startsWith('0x')) return `[${place.replace(/[[\]]/g, '')}]`
	if (place === 'libsqlite3' && !/^sqlite3_[a-z]+(_v\d)?$/.test(symbol)) return '[libsqlite3]'
	return symbol.replace(/\.(isra|constprop|part)\.\d+|@.*$/g, '')
}

const add = (stack, weight) => {
	let names = stack.reverse().filter((name, i, all) => name !== all[i - 1] && !/^(clone3|start_thread|\[unknown\])$/.test(name))
	const from = wanted ? names.findIndex(name => wanted.test(name)) : 0

	if (from < 0) return
	names = names.slice(from).filter((name, i, all) => !(name.startsWith('[') && all.indexOf(name) < i))
	let at = root
	at.value += weight
	for (const name of names) {
		if (!at.children.has(name)) at.children.set(name, { name, value: 0, children: new Map() })
		at = at.children.get(name)
		at.value += weight
	}
}

let stack = []
for await (const line of createInterface({ input: process.stdin })) {
	const frame = line.match(/^\s+[0-9a-f]+ (.+?)(?:\+0x[0-9a-f]+)? \((.*)\)$/)

	if (frame) stack.push(nameOf(frame[1], frame[2]))
	else if (!line.trim() && stack.length) {
		add(stack, 1)
		stack = []
	}
}
if (!root.value) throw new Error('no stack passes there')

const plain = node => ({ name: node.name, value: node.value,
	children: [...node.children.values()].filter(c => c.value >= root.value * LEAST).sort((a, b) => a.name < b.name ? -1 : 1).map(plain) })
const own = node => node.value - (node.children?.reduce((sum, child) => sum + child.value, 0) ?? 0)
const tree = hierarchy(plain(root)).sum(own)
partition().size([WIDTH, (tree.height + 1) * ROW])(tree)
const height = TOP + (tree.height + 1) * ROW
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const colour = name => name === '[kernel]' ? '#d9b08c' : name.startsWith('[libsqlite3') || name.startsWith('sqlite3_') ? '#9fc3d9' : name.startsWith('[') ? '#cfcfcf'
	: /^sql_|^db_/.test(name) ? '#a8d5ba' : '#f0c674'

console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">
<rect width="100%" height="100%" fill="#fff"/><text x="6" y="20" font-size="14">${escape(title)} (${root.value} samples)</text>`)
for (const node of tree.descendants()) {
	const width = node.x1 - node.x0, y = height - node.y1, room = Math.floor((width - 4) / 6.7), name = node.data.name

	const share = (100 * node.data.value / root.value).toFixed(1)
	const label = room < 3 ? '' : `<text x="${(node.x0 + 3).toFixed(1)}" y="${(y + 12).toFixed(1)}">${escape(name.length > room ? name.slice(0, room - 1) + '…' : name)}</text>`

	console.log(`<g><title>${escape(name)} ${share} %</title><rect x="${node.x0.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colour(name)}"/>${label}</g>`)
}
console.log('</svg>')

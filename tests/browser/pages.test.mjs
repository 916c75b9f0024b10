// Every page that each role is shown: from the first page along all links, then what `hoctap permissions` says the role may open
// and no link led to, filled with ids seen on the way. All answer 200, and each kind of page is looked at once (look.mjs).
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from './harness.mjs'
import { kind_of, Looks } from './look.mjs'

const program = process.env.HOCTAP ?? new URL('../../build/hoctap', import.meta.url).pathname
const routes = JSON.parse(execFileSync(program, ['permissions', '--json'], { encoding: 'utf8' })).filter(route => route.method === 'GET')
const pages_max = 150, per_kind = 2
const ids = new Map()                    // {unit} → an id seen in that place on any page, of this role before others

const pattern_of = route => new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`)
// a literal part is a better match than a parameter
const route_of = path => routes.filter(route => pattern_of(route).test(path)).sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]

function remember(path) {
  const route = route_of(path)
  if (!route) return
  const values = pattern_of(route).exec(path).slice(1)
  route.path.match(/\{\w+\}/g)?.forEach((name, i) => ids.set(name, values[i]))
}

function filled(route) {
  const names = route.path.match(/\{\w+\}/g) ?? []
  return names.every(name => ids.has(name)) ? route.path.replace(/\{\w+\}/g, name => ids.get(name)) : null
}

for (const role of ['public', 'citizen', 'branch', 'deputy', 'commune', 'authority', 'province', 'auditor', 'admin']) {
  const looks = new Looks(`pages of ${role}`)

  test(`pages of ${role}: every link leads to a page`, async b => {
    const { url } = await b.site(), page = await b.visit('/', role === 'public' ? {} : { as: role })
    const todo = ['/', '/toi', '/dang-nhap'], from = new Map(), done = new Set(), kinds = new Map(), bad = []
    const visit = async path => {
      done.add(path)
      const answer = await page.context().request.get(url + path, { maxRedirects: 5 })
      if (answer.status() !== 200) { bad.push(`${answer.status()} ${path} (on ${from.get(path) ?? 'no page'})`); return }
      const kind = kind_of(answer.url())
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (!/html/.test(answer.headers()['content-type'])) return
      if (kinds.get(kind) === 1) {
        await page.goto(answer.url())
        await looks.at(b, page)
      }
      for (const [, href] of (await answer.text()).matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
        const next = href.replaceAll('&amp;', '&')
        remember(next.split('?')[0])
        if (done.has(next) || from.has(next) || next.startsWith('/web/')) continue
        from.set(next, path)
        if ((kinds.get(kind_of(url + next)) ?? 0) < per_kind) todo.push(next)
      }
    }
    while (todo.length && done.size < pages_max) {
      const path = todo.shift()
      if (!done.has(path) && (kinds.get(kind_of(url + path)) ?? 0) < per_kind) await visit(path)
    }
    const reached = new Set([...done].map(path => route_of(path.split('?')[0])?.path))
    const alone = []
    for (const route of routes.filter(r => r.roles.includes(role) && !reached.has(r.path))) {
      const path = filled(route)
      alone.push(path ?? route.path)
      if (path) {
        const answer = await page.context().request.get(url + path)
        if (answer.status() >= 500) bad.push(`${answer.status()} ${path} (no link)`)
        else if (answer.status() === 200 && /html/.test(answer.headers()['content-type'])) {
          await page.goto(url + path)
          await looks.at(b, page)
        }
      }
    }
    console.log(`# ${role}: ${done.size} pages of ${kinds.size} kinds; no link led to ${alone.join(' ') || 'nothing else'}`)
    looks.troubles(b, 'the walk')
    assert.deepEqual(bad, [])
  })

  looks.declare()
}

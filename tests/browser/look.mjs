// What every page must be, looked at on the way of a test: axe-core and html-validate find nothing, it breaks no content security
// policy, has one heading and a title, and fits a window of 320 px.
//
//   const looks = new Looks('the year at 360 px')
//   await looks.at(b, page)      // wherever the test has come to: each kind of page once
//   looks.declare()              // at the end of the file: one test for each of these promises
//
// A fault does not stop the walk: it is remembered with the page's path, so that one run names them all.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from './harness.mjs'

const from_web = createRequire(new URL('../../web/package.json', import.meta.url))

// The rules of web/check.mjs, which holds the parts and layouts themselves to them.
const rules = {
  'no-trailing-whitespace': 'off', 'long-title': 'off', 'doctype-style': ['error', { style: 'lowercase' }],
  'aria-label-misuse': ['error', { allowAnyNamable: true }],      // the strip is a list with a name
  'no-implicit-button-type': 'off',     // a button of a form sends it: that is what is meant
  'prefer-native-element': 'off',       // a <section> with a name is a region all the same
  'no-redundant-role': 'off',           // a table that is stacked on a phone keeps its meaning by its roles
  'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],   // a list to choose from
  'tel-non-breaking': 'off', 'no-redundant-for': 'off', 'no-inline-style': 'error', 'allowed-links': ['error', { allowExternal: false }]
}
let validator
async function faults_of_html(source, name) {
  if (!validator) {
    const { HtmlValidate, StaticConfigLoader } = from_web('html-validate')
    validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:recommended', 'html-validate:a11y'], rules }))
  }
  const report = await validator.validateString(source, name)
  return first_of_each(report.results.flatMap(r => r.messages.map(m => [`${m.ruleId}: ${m.message}`, `line ${m.line}`])))
}

// [what, where] → "what (where, and n more)": a table of a hundred rows with one fault is one fault
function first_of_each(faults) {
  const places = new Map()
  for (const [what, where] of faults) places.set(what, [...places.get(what) ?? [], where])
  return [...places].map(([what, all]) => `${what} (${all[0]}${all.length > 1 ? `, and ${all.length - 1} more` : ''})`)
}

// The page of a path without its ids: /phieu/255…/2026/cham/3 is /phieu/{}/2026/cham/{}
export function kind_of(url) {
  const { pathname } = new URL(url)
  return pathname.split('/').map(part => /^(\d{1,2}|\d{5,}|[0-9a-f]{16,}|[0-9A-Z-]{15,})$/.test(part) ? '{}' : part).join('/')
}

const promises = {
  axe: 'axe-core finds nothing', html: 'the source is valid', policy: 'no content security policy is broken, no script fails',
  head: 'there is one heading and a title', width: 'nothing scrolls sideways at 320 px'
}

export class Looks {
  constructor(name) { this.name = name; this.seen = new Set(); this.faults = Object.fromEntries(Object.keys(promises).map(key => [key, []])) }

  fault(key, kind, text) { this.faults[key].push(`${kind}: ${text}`) }

  // What the harness noticed by itself since the last look goes to this page, and no longer ends the test.
  troubles(b, kind) { for (const text of b.troubles.splice(0)) this.fault('policy', kind, text) }

  // state: what tells this look from another of the same path ("with errors")
  async at(b, page, state = '') {
    const kind = kind_of(page.url()) + (state && ` (${state})`), script = b.page_context.get(page).javascript
    this.troubles(b, kind)
    if (this.seen.has(kind)) return
    this.seen.add(kind)
    const [headings, title] = await page.evaluate(() => [document.querySelectorAll('h1').length, document.title])
    if (headings !== 1) this.fault('head', kind, `${headings} <h1>`)
    if (!/\S - \S/.test(title)) this.fault('head', kind, `the title is “${title}”`)
    if (script) {
      try { await b.check_access(page) } catch (error) {
        if (!Array.isArray(error.actual)) throw error
        for (const text of first_of_each(error.actual.map(fault => fault.split(': <')).map(([what, html]) => [what, `<${html.slice(0, 200)}`]))) this.fault('axe', kind, text)
      }
    }
    if (!state) {
      const answer = await page.context().request.get(page.url())
      if (/html/.test(answer.headers()['content-type'] ?? '')) {
        for (const text of await faults_of_html(await answer.text(), kind)) this.fault('html', kind, text)
      }
    }
    const was = page.viewportSize()
    await page.setViewportSize({ width: 320, height: 740 })
    const [wide, window, who] = await page.evaluate(() => {
      const over = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.scroll, .govuk-visually-hidden'))
      return [document.documentElement.scrollWidth, document.documentElement.clientWidth, over.slice(-1).map(e => e.outerHTML.slice(0, 120)).join()]
    })
    if (wide > window) this.fault('width', kind, `${wide} px wide: ${who}`)
    await page.setViewportSize(was)
    this.troubles(b, kind)
  }

  declare() {
    for (const [key, promise] of Object.entries(promises)) {
      test(`${this.name}: on every page, ${promise}`, async () => {
        assert.ok(this.seen.size > 0, 'no page was looked at')
        assert.deepEqual([...new Set(this.faults[key])], [], `${this.seen.size} kinds of page`)
      })
    }
  }
}

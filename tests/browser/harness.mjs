// Browser tests: Chromium at two widths, with and without JavaScript, on made-up data. A test file says
//
//   import { test } from './harness.mjs'
//   test('a visitor finds a certificate by its code', async b => {
//     const page = await b.visit('/xac-minh/ABC', { width: 360 })
//     …                                  // playwright-core's page; assert from node:assert/strict
//     await b.check_access(page)         // axe-core finds nothing
//     await b.check_html('/xac-minh/ABC')// html-validate finds nothing in the source as sent
//   })
//
// and run.mjs runs it. After each test the harness itself demands that no page broke its content security policy, wrote an
// error to the console, threw, or asked for something that is not there; what a test provokes on purpose it takes away with
// b.expect(/…/). The demo server starts with the first test that asks for a page of it and is shared by all: a test changes
// nothing that another one reads, or asks for a server of its own with `await b.fresh_site()`.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'

const top = fileURLToPath(new URL('../../', import.meta.url))
const from_web = createRequire(join(top, 'web/package.json'))   // the packages live with web/, pinned by its lock file
const { chromium } = from_web('playwright-core')
const program = process.env.HOCTAP ?? join(top, 'build/hoctap')
const people = process.env.HOCTAP_PEOPLE ?? '2000'
const patience = 15_000                                          // ms for any one step

export const tests = []
export function test(promise, run) { tests.push({ promise, run }) }

// ---- servers -------------------------------------------------------------------------------------------------------------

const closing = []                                               // what must end when we do, last one first
export async function close_all() { while (closing.length) await closing.pop()() }

function finished(child) { return child.exitCode !== null || child.signalCode !== null }

// The made-up province in a folder of its own: { url, data, accounts }. `accounts` is demo-accounts.json.
async function start_site() {
  const data = mkdtempSync(join(tmpdir(), 'hoctap-browser-'))
  closing.push(() => rmSync(data, { recursive: true, force: true }))
  await ended(spawn(program, ['demo', '--data', data, '--people', people], { stdio: ['ignore', 'inherit', 'inherit'] }), 'demo')
  const server = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  closing.push(async () => {
    if (finished(server)) return
    const gone = new Promise(done => server.once('exit', done))
    server.kill('SIGTERM')
    const hurry = setTimeout(() => server.kill('SIGKILL'), patience)
    await gone
    clearTimeout(hurry)
  })
  const url = await first_line(server)
  return { url, data, accounts: JSON.parse(readFileSync(join(data, 'demo-accounts.json'), 'utf8')) }
}

function ended(child, what) {
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => code === 0 ? done() : fail(new Error(`${what} ended with ${signal ?? code}`)))
  })
}

// `serve` tells where it listens in its first line: http://127.0.0.1:PORT
function first_line(server) {
  return new Promise((done, fail) => {
    let text = ''
    const late = setTimeout(() => fail(new Error('the server did not say where it listens')), patience)
    server.once('error', fail)
    server.once('exit', code => fail(new Error(`the server ended with ${code} before it listened`)))
    server.stdout.on('data', bytes => {
      text += bytes
      const url = /^http:\/\/[^\s/]+/.exec(text)
      if (!text.includes('\n')) return
      clearTimeout(late)
      url ? done(url[0]) : fail(new Error(`the server's first line is not its address: ${text.split('\n')[0]}`))
    })
  })
}

// A page server for the harness's own tests: { '/path': { body, type?, status?, headers? } }
export async function serve_pages(pages) {
  const server = createServer((request, answer) => {
    const page = pages[request.url.split('?')[0]]
    if (!page) return answer.writeHead(404).end()
    answer.writeHead(page.status ?? 200, { 'content-type': page.type ?? 'text/html; charset=utf-8', ...page.headers }).end(page.body)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  closing.push(() => { server.closeAllConnections?.(); return new Promise(done => server.close(done)) })
  return `http://127.0.0.1:${server.address().port}`
}

// ---- the browser ---------------------------------------------------------------------------------------------------------

let browser_started, site_started
function browser() {
  return browser_started ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: process.getuid() !== 0,                     // it refuses to run as root with its sandbox
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--disable-dev-shm-usage']
  }).then(started => { closing.push(() => started.close()); return started })
}

const axe_source = readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8')

// html-validate on what the standard forbids. Off are rules of taste, and what minified or generated HTML may well do.
let validator
async function html_validator() {
  if (!validator) {
    const { HtmlValidate, StaticConfigLoader } = from_web('html-validate')
    validator = new HtmlValidate(new StaticConfigLoader({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: { 'no-trailing-whitespace': 'off', 'attribute-boolean-style': 'off', 'doctype-style': 'off', 'void-style': 'off',
        'long-title': 'off', 'require-sri': 'off', 'no-inline-style': 'error', 'unique-landmark': 'error' }
    }))
  }
  return validator
}

// What a test gets: pages, checks, and what went wrong on the pages.
export class Bench {
  troubles = []
  contexts = []
  page_context = new Map()

  site() { return site_started ??= start_site() }
  fresh_site() { return start_site() }

  async #absolute(where, site) { return where.startsWith('http') ? where : (site ?? await this.site()).url + where }

  // A page at `where` (a path of the demo, or an absolute address). width: 360 or 1280; javascript: false is the other half of our
  // visitors; as: a role of the demo accounts, signed in first; site: one from fresh_site().
  async visit(where, { width = 1280, javascript = true, as, site } = {}) {
    const url = await this.#absolute(where, site)
    const context = await (await browser()).newContext({
      viewport: { width, height: width < 600 ? 740 : 900 }, isMobile: width < 600, hasTouch: width < 600,
      javaScriptEnabled: javascript, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce'
    })
    this.contexts.push(context)
    context.setDefaultTimeout(patience)
    if (javascript) await this.#listen_for_violations(context)
    const page = await context.newPage()
    this.page_context.set(page, { javascript })
    this.#listen(page)
    if (as) await this.sign_in(page, as, site)
    await page.goto(url)
    return page
  }

  // Through the form, as a person would: the fields are found by what they are for.
  async sign_in(page, role, site) {
    const { url, accounts } = site ?? await this.site()
    const account = accounts.find(a => a.role === role)
    assert.ok(account, `no demo account has the role ${role}; there are ${accounts.map(a => a.role).join(', ')}`)
    await page.goto(`${url}/dang-nhap`)
    await page.fill('input[autocomplete~="username"]', account.login)
    await page.fill('input[type="password"]', account.passphrase)
    await Promise.all([page.waitForNavigation(), page.press('input[type="password"]', 'Enter')])
    assert.notEqual(new URL(page.url()).pathname, '/dang-nhap', `signing in as ${role} did not lead on`)
    return account
  }

  // Troubles that this test makes on purpose: at least one must have come by now, and they are forgotten.
  expect(pattern) {
    const others = this.troubles.filter(text => !pattern.test(text))
    assert.ok(others.length < this.troubles.length, `nothing like ${pattern} happened`)
    this.troubles = others
  }

  // axe-core on the page as it stands. Its timers need JavaScript: a page without it is the same HTML.
  async check_access(page) {
    assert.ok(this.page_context.get(page)?.javascript, 'check_access needs a page with JavaScript')
    await page.evaluate(axe_source)
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    const found = violations.flatMap(v => v.nodes.map(node => `${v.id}: ${v.help}: ${node.html}`))
    assert.deepEqual(found, [], `axe finds ${found.length} faults on ${page.url()}`)
  }

  // html-validate on the source as the server sends it, to this page's session when one is given.
  async check_html(where, page) {
    const url = await this.#absolute(where)
    const source = page ? await (await page.context().request.get(url)).text() : await (await fetch(url)).text()
    await this.check_source(source, url)
  }
  async check_source(source, name) {
    const report = await (await html_validator()).validateString(source, name)
    const found = report.results.flatMap(r => r.messages.map(m => `${name}:${m.line}:${m.column}: ${m.ruleId}: ${m.message}`))
    assert.deepEqual(found, [], `html-validate finds ${found.length} faults in ${name}`)
  }

  // No page is wider than its window.
  async check_width(page) {
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    assert.ok(wide <= window, `${page.url()} is ${wide} px wide in a window of ${window}`)
  }

  // Headless Chromium reports a violation both as an event and, also without JavaScript, as a line of the console.
  async #listen_for_violations(context) {
    await context.exposeFunction('hoctap_violation', text => { this.troubles.push(`content security policy: ${text}`) })
    await context.addInitScript(() => addEventListener('securitypolicyviolation', e =>
      globalThis.hoctap_violation(`${e.effectiveDirective} refused ${e.blockedURI} on ${e.documentURI}`)))
  }
  #listen(page) {
    page.on('console', message => { if (message.type() === 'error') this.troubles.push(`console: ${message.text()} (${page.url()})`) })
    page.on('pageerror', error => this.troubles.push(`script: ${error.message} (${page.url()})`))
    page.on('requestfailed', request => {
      const why = request.failure()?.errorText
      if (why !== 'net::ERR_ABORTED') this.troubles.push(`request: ${request.url()}: ${why}`)
    })
  }

  async close() { await Promise.all(this.contexts.map(context => context.close())) }
}

// ---- running -------------------------------------------------------------------------------------------------------------

// Runs what was declared; prints ok/not ok and the sums, and returns the number of failures.
export async function run_all(chosen = tests) {
  let failed = 0
  for (const { promise, run } of chosen) {
    const bench = new Bench()
    try {
      await run(bench)
      assert.deepEqual(bench.troubles, [], 'the pages had troubles of their own')
      console.log(`ok ${promise}`)
    } catch (error) {
      failed++
      console.log(`not ok ${promise}`)
      console.log(String(error.stack ?? error).replace(/^/gm, '  '))
    }
    await bench.close()
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`)
  return failed
}


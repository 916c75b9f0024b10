// A queue is reviewed without a mouse: from row to row, from score to score, saved and on to the next, with the sum following.
// Nothing of it happens while somebody types or an input method composes a letter.
import assert from 'node:assert/strict'
import { test } from './harness.mjs'

const figure = async cell => Number((await cell.innerText()).replace(/\D/g, ''))

// Down the tables of units to the branch with the longest queue.
async function open_queue(page, site) {
  await page.goto(`${site.url}/xet`)
  for (let level = 0; level < 2; level++) {
    const rows = await page.locator('tr', { has: page.locator('td[data-label="Chờ xét"]') }).all()
    const waiting = await Promise.all(rows.map(row => figure(row.locator('td[data-label="Chờ xét"]'))))
    await page.goto(site.url + await rows[waiting.indexOf(Math.max(...waiting))].locator('th a').getAttribute('href'))
  }
}

test('a queue is reviewed by keyboard alone', async b => {
  const site = await b.fresh_site()
  const page = await b.visit('/xet', { as: 'province', site })
  await open_queue(page, site)
  const names = await page.locator('[data-rows] tbody th a').allInnerTexts()
  const here = () => page.evaluate(() => document.activeElement.innerText || document.activeElement.name)
  assert.ok(names.length > 1, 'the demo has no branch with two sheets waiting')

  await page.keyboard.press('j')
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'a single key did something outside the list')
  assert.equal(await page.locator('[data-rows] a[accesskey="d"]').innerText(), names[0])
  await page.locator('[data-rows] a[accesskey="d"]').focus()
  for (const [key, place] of [['j', 1], ['k', 0], ['ArrowUp', 0], ['ArrowDown', 1], ['End', names.length - 1], ['Home', 0]]) {
    await page.keyboard.press(key)
    assert.equal(await here(), names[place], `after ${key}`)
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  assert.ok((await page.innerText('h1')).includes(names[0]))

  const sum = () => page.locator('[data-tally] [data-sum]').innerText().then(Number)
  const before = await sum(), first = Number(await page.inputValue('#score_1')), sheet = page.url()
  await page.focus('#score_1')
  await page.keyboard.type('0')
  assert.equal(await sum(), before - first, 'the sum does not follow')
  assert.match(await page.locator('[data-tally] [data-verdict]').innerText(), /chỉ số 1[^0]/)
  await page.keyboard.press('ArrowDown')
  assert.equal(await here(), 'score_2')
  await page.focus('#reason_1')
  await page.keyboard.type('jk: chưa có giấy của lớp')
  assert.equal(await page.inputValue('#reason_1'), 'jk: chưa có giấy của lớp')
  await page.locator('#reason_1').dispatchEvent('keydown', { key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true })
  assert.equal(page.url(), sheet)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')])
  assert.notEqual(page.url(), sheet)
  assert.ok((await page.innerText('h1')).includes(names[1]), 'it did not go on to the next sheet')
})

test('the queue without JavaScript has its order and its access keys', async b => {
  const site = await b.fresh_site()
  const page = await b.visit('/xet', { as: 'province', site, javascript: false })
  await open_queue(page, site)
  await page.goto(site.url + await page.locator('[data-rows] a[accesskey="d"]').getAttribute('href'))
  assert.deepEqual(await page.locator('main [accesskey]').evaluateAll(all => all.map(at => at.accessKey)), ['a', 's', 't'])
  await page.focus('#score_1')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'reason_1')
})

// The grid of a branch as its officer works in it: by keyboard, with blocks from a spreadsheet, with an input method, beside a second
// editor, through a lost line and an ended session, with two thousand people, and without a script.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from './harness.mjs'
import { Looks } from './look.mjs'

const program = process.env.HOCTAP ?? new URL('../../build/hoctap', import.meta.url).pathname
const looks = new Looks('the grid')
const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô'], middles = ['Văn', 'Thị', 'Minh', 'Ngọc', 'Hữu', 'Thanh', 'Kim', 'Phước', 'Bích', 'Quang']
const givens = ['An', 'Bé', 'Bình', 'Chánh', 'Cúc', 'Dũng', 'Đào', 'Đẹp', 'Đức', 'Em', 'Giàu', 'Hạnh', 'Hiền', 'Hoa', 'Hùng', 'Hường', 'Khánh', 'Lan', 'Lành', 'Liễu', 'Lợi', 'Mai', 'Mười', 'Năm', 'Oanh']

// n people more in the branch of the demo's branch officer, by the list that officers send.
function add_people(site, n) {
  const leaf = site.accounts.find(a => a.role === 'branch').unit
  const rows = Array.from({ length: n }, (_, i) => `${families[i % 10]} ${middles[Math.floor(i / 10) % 10]} ${givens[Math.floor(i / 100) % 25]},` +
    `${1950 + i % 50},${i % 2 ? 'Nữ' : 'Nam'},${leaf},nong_dan`)
  const file = join(site.data, 'them.csv')
  writeFileSync(file, `Họ tên,Ngày sinh,Giới tính,Ấp,Nhóm\n${rows.join('\n')}\n`)
  execFileSync(program, ['import', 'roster', file, '--unit', '27937', '--data', site.data], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function site_with(b, n) {
  const site = await b.fresh_site()
  if (n) add_people(site, n)
  return site
}

async function open(b, site, mode, options = {}) {
  const page = await b.visit(`/luoi?cach=${mode}`, { as: 'branch', site, ...options })
  await page.goto(`${site.url}/luoi?cach=${mode}`)
  if (options.javascript !== false && (options.width ?? 1280) > 700) await page.waitForSelector('[data-loaded]', { state: 'attached' })
  return page
}

// What the officer did, counted: each key and each click.
function counted(page) {
  const hand = { n: 0 }
  hand.press = key => { hand.n++; return page.keyboard.press(key) }
  hand.type = async text => { for (const one of text) { hand.n++; await page.keyboard.type(one) } }
  hand.click = async what => { hand.n++; await page.locator(what).first().click() }
  return hand
}

const row = (page, name) => page.locator('.grid--live tbody tr', { has: page.locator('th a', { hasText: name }) }).first()
const at = (page, index) => page.locator(`.grid--live tbody tr[aria-rowindex="${index + 3}"]`)
const saved = one => one.locator('.saved-cell')
const scores = one => one.locator('td.s').evaluateAll(cells => cells.map(cell => cell.querySelector('input')?.value ?? cell.textContent.replace(' tự chấm', '~').replace('·', '')))
const here = page => page.evaluate(() => {
  const cell = document.activeElement.closest('td'), tr = cell?.closest('tr')
  return tr ? [Number(tr.getAttribute('aria-rowindex')) - 3, Number(cell.dataset.column)] : document.activeElement.id || document.activeElement.tagName
})
async function agree(page) {
  await page.fill('#helper', 'Ông Thiện nhập theo phiếu giấy, chi hội giữ phiếu')
  await page.fill('#consent', 'Ký tên trên phiếu giấy ngày 12/11')
}
const first_free = page => page.evaluate(() => Number(document.querySelector('.grid--live tr.is-row').getAttribute('aria-rowindex')) - 3)
async function until(page, one, words) {
  await one.filter({ has: page.locator('.saved-cell', { hasText: words }) }).waitFor()
}

test('the grid: a row is typed by digits alone and saved when it is left', async b => {
  const site = await site_with(b, 12), page = await open(b, site, 'tu-cham')
  await looks.at(b, page)
  await agree(page)
  const from = await first_free(page)
  await at(page, from).locator('td.s').first().click()
  assert.deepEqual(await here(page), [from, 0])
  await page.keyboard.type('8')
  assert.deepEqual(await here(page), [from, 1], 'a digit does not go on')
  await page.keyboard.type('10')
  assert.deepEqual(await here(page), [from, 2], '10 does not go on')
  await page.keyboard.type('1')
  assert.deepEqual(await here(page), [from, 2], '1 does not wait for a 0')
  await page.keyboard.type('7')                            // 1 here, 7 in the next box
  assert.deepEqual(await here(page), [from, 4])
  assert.equal(await at(page, from).locator('.sum').innerText(), '26')
  assert.equal(await at(page, from).locator('.result').innerText(), 'Còn 6 chỉ số')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  assert.deepEqual(await here(page), [from, 2])
  await page.keyboard.type('9')
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  assert.deepEqual(await here(page), [from, 0])
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
  await page.keyboard.type('888883')
  assert.deepEqual(await here(page), [from + 1, 0], 'the last box does not go on to the next row')
  await until(page, at(page, from), 'Đã lưu')
  assert.deepEqual(await scores(at(page, from)), ['8', '10', '9', '7', '8', '8', '8', '8', '8', '3'])
  assert.equal(await at(page, from).locator('.result').innerText(), 'Thiếu 3 điểm, chỉ số 10 dưới 5')
  assert.equal(await at(page, from).locator('.state-cell').innerText(), 'Đang chấm')
  await page.keyboard.type('55')
  await page.keyboard.press('Escape')
  assert.deepEqual((await scores(at(page, from + 1))).slice(0, 2), ['', ''], 'Escape keeps what is not saved')
  await page.keyboard.press('PageDown')
  await page.keyboard.press('Control+Home')
  assert.deepEqual(await here(page), [0, 0])
  await page.reload()
  await page.waitForSelector('[data-loaded]', { state: 'attached' })
  assert.deepEqual(await scores(at(page, from)), ['8', '10', '9', '7', '8', '8', '8', '8', '8', '3'])
  const trail = await b.visit(`/phieu/${(await at(page, from).locator('th a').getAttribute('href')).split('/')[2]}/2026/xem`, { as: 'branch', site })
  assert.match(await trail.innerText('main'), /chi hội giữ phiếu\. Ký tên trên phiếu giấy/)
})

test('the grid: without who helped and consent nothing is saved, and the row says so', async b => {
  const site = await site_with(b, 3), page = await open(b, site, 'tu-cham'), from = await first_free(page)
  await at(page, from).locator('td.s').first().click()
  await page.keyboard.type('9')
  await page.keyboard.press('Enter')
  assert.equal(await here(page), 'helper')
  assert.equal(await saved(at(page, from)).innerText(), 'Cần ghi ai nhập')
  assert.match(await page.innerText('[data-say]'), /ai nhập hộ/)
  await agree(page)
  await page.keyboard.press('Tab')                         // the field is left: the rows that waited go
  await until(page, at(page, from), 'Đã lưu')
})

test('the grid: a block from a spreadsheet is pasted, half points are told and never rounded', async b => {
  const site = await site_with(b, 8), page = await open(b, site, 'tu-cham'), from = await first_free(page)
  const paste = text => page.evaluate(text => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
  await agree(page)
  await at(page, from).locator('td.s').first().click()
  await paste('8\tchín\t8\n8\t8\t8\n')
  assert.match(await page.innerText('[data-say]'), /Chưa dán gì: dòng 1 cột 2 là “chín”/)
  assert.deepEqual((await scores(at(page, from)))[0], '')
  await paste('8\t8\t8\t8\t8\t8\t8\t8\t8\t9\r\n7\t8,5\t8\t8\t8\t8\t8\t8\t8\t8\r\n8,0\t10\t\t8\t8\t8\t8\t8\t8\t8\tthừa\r\n'.replace('\tthừa', ''))
  await until(page, at(page, from), 'Đã lưu')
  await until(page, at(page, from + 1), 'Cần sửa')
  await until(page, at(page, from + 2), 'Đã lưu')
  assert.equal((await scores(at(page, from + 1)))[1], '8,5')
  assert.equal((await scores(at(page, from + 2)))[0], '8')
  assert.match(await page.innerText('[data-say]'), /Đã dán 3 hàng, 1 hàng có điểm lẻ/)
  await page.keyboard.press('ArrowDown')
  assert.match(await page.innerText('[data-say]'), /Chỉ số 2: 8,5 là điểm lẻ/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('8')
  await page.keyboard.press('Enter')
  await until(page, at(page, from + 1), 'Đã lưu')
  // typed, not pasted: the 8 has gone on when the comma comes
  await at(page, from + 3).locator('td.s').first().click()
  await page.keyboard.type('8,5')
  assert.deepEqual(await here(page), [from + 3, 0])
  assert.equal((await scores(at(page, from + 3)))[0], '8,5')
  await page.keyboard.press('Enter')
  assert.equal(await saved(at(page, from + 3)).innerText(), 'Cần sửa')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  assert.equal((await scores(at(page, from + 3)))[0], '')
  await at(page, from).locator('td.s').first().click()
  for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z')
  await until(page, at(page, from), 'Đã lưu')
  assert.deepEqual(await scores(at(page, from)), Array(10).fill(''), 'the paste is not undone')
})

test('the grid: an input method that composes presses no key of the grid', async b => {
  const site = await site_with(b, 4), page = await open(b, site, 'tu-cham'), from = await first_free(page)
  await agree(page)
  await at(page, from).locator('td.s').first().click()
  const ime = await page.context().newCDPSession(page)
  await ime.send('Input.imeSetComposition', { text: 'á', selectionStart: 1, selectionEnd: 1 })
  for (const key of ['Enter', 'ArrowDown', 'ArrowRight', 'Escape', 'z'])
    await page.evaluate(key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, ctrlKey: key === 'z', bubbles: true, cancelable: true })), key)
  await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true })))
  assert.deepEqual(await here(page), [from, 0], 'a key of the input method moved the grid')
  await ime.send('Input.insertText', { text: 'á' })
  assert.equal((await scores(at(page, from)))[0], '', 'a letter stays in a score')
  assert.match(await page.innerText('[data-say]'), /chỉ nhận số/)
  await ime.send('Input.imeSetComposition', { text: '7', selectionStart: 1, selectionEnd: 1 })
  assert.deepEqual(await here(page), [from, 0], 'a digit that is still composed goes on')
  await ime.send('Input.insertText', { text: '7' })
  assert.deepEqual(await here(page), [from, 1], 'a digit from an input method is not taken')
  assert.equal((await scores(at(page, from)))[0], '7')
})

test('the grid: under review a row is agreed to by Enter, a changed one asks its reason once', async b => {
  const site = await site_with(b, 6), page = await open(b, site, 'tu-cham'), from = await first_free(page)
  await agree(page)
  await at(page, from).locator('td.s').first().click()
  for (let i = 0; i < 3; i++) await page.keyboard.type('8888888889')
  await until(page, at(page, from + 2), 'Đã lưu')
  await page.goto(`${site.url}${await page.locator('a', { hasText: 'Nộp các phiếu đủ điểm' }).first().getAttribute('href')}`)
  await looks.at(b, page)
  await page.check('#scope-tat-ca')
  await Promise.all([page.waitForNavigation(), page.click('main button')])
  await page.goto(`${site.url}/luoi?cach=xet`)
  await page.waitForSelector('[data-loaded]', { state: 'attached' })
  await page.focus('.grid--live tr.is-row input')
  const start = (await here(page))[0]
  await page.keyboard.press('Enter')
  await until(page, at(page, start), 'Đã lưu')
  assert.equal(await at(page, start).locator('.state-cell').innerText(), 'Đã xét')
  assert.deepEqual(await here(page), [start + 1, 0])
  await page.keyboard.type('6')
  assert.match(await page.innerText('[data-say]'), /Chỉ số 1: 8 → 6\. Vì sao/)
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  assert.equal(await here(page), 'ly-do', 'Enter does not lead to the reason')
  assert.equal(await saved(at(page, start + 1)).innerText(), 'Cần lý do')
  await looks.at(b, page, 'a changed row')
  await page.keyboard.type('chưa có giấy của lớp')
  await page.locator('#ly-do').dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  assert.equal(await saved(at(page, start + 1)).innerText(), 'Cần lý do', 'a composed Enter saved the row')
  await page.keyboard.press('Enter')
  await until(page, at(page, start + 1), 'Đã lưu')
  assert.equal(await at(page, start + 1).locator('td.is-changed').count(), 2)
  assert.deepEqual((await scores(at(page, start + 1))).slice(0, 2), ['6~ 8', '5~ 8'])
  await page.keyboard.press('Control+z')                   // the second change of the row before, saved: it is saved as it was
  await until(page, at(page, start + 1), 'Đã lưu')
  assert.deepEqual((await scores(at(page, start + 1))).slice(0, 2), ['6', '8'])
})

test('the grid: the second of two editors sees who changed what, and chooses', async b => {
  const site = await site_with(b, 4), one = await open(b, site, 'tu-cham'), from = await first_free(one)
  const two = await b.visit('/luoi?cach=tu-cham', { as: 'deputy', site })
  await two.goto(`${site.url}/luoi?cach=tu-cham`)
  await two.waitForSelector('[data-loaded]', { state: 'attached' })
  for (const page of [one, two]) await agree(page)
  await at(one, from).locator('td.s').first().click()
  await one.keyboard.type('8888888889')
  await until(one, at(one, from), 'Đã lưu')
  await at(two, from).locator('td.s').first().click()
  await two.keyboard.type('87')
  await two.keyboard.press('Enter')
  await until(two, at(two, from), 'Có bản khác')
  b.expect(/409/)
  await at(two, from).locator('td.s').first().click()
  const words = await two.innerText('[data-say]')
  assert.match(words, /vừa sửa hàng này lúc \d\d:\d\d/)
  assert.ok(words.includes(await one.locator('.masthead a[href="/toi"]').last().innerText()), 'it does not say who')
  assert.match(words, /chỉ số 2: đã lưu 8, bạn gõ 7/)
  await looks.at(b, two, 'a row with two hands')
  await two.click('[data-theirs]')
  assert.deepEqual(await scores(at(two, from)), ['8', '8', '8', '8', '8', '8', '8', '8', '8', '9'])
  await two.keyboard.type('6')
  await two.keyboard.press('Enter')
  await until(two, at(two, from), 'Đã lưu')
  await at(one, from).locator('td.s').first().click()
  await one.keyboard.type('4')
  await one.keyboard.press('Enter')
  await until(one, at(one, from), 'Có bản khác')
  b.expect(/409/)
  await at(one, from).locator('td.s').first().click()
  await one.click('[data-mine]')
  await until(one, at(one, from), 'Đã lưu')
  assert.equal((await scores(at(one, from)))[0], '4')
})

test('the grid: a lost line and an ended session keep what was typed', async b => {
  const site = await site_with(b, 6), page = await open(b, site, 'tu-cham'), from = await first_free(page)
  await agree(page)
  await at(page, from).locator('td.s').first().click()
  await page.context().setOffline(true)
  await page.keyboard.type('8888888889')
  await until(page, at(page, from), 'Mất mạng')
  b.expect(/ERR_INTERNET_DISCONNECTED/)
  await page.context().setOffline(false)
  await until(page, at(page, from), 'Đã lưu')
  // signed out in another tab: the session is over, known to the server
  const other = await page.context().newPage()
  await other.goto(`${site.url}/toi`)
  await Promise.all([other.waitForNavigation(), other.locator('button', { hasText: 'Đăng xuất' }).first().click()])
  await page.bringToFront()
  await page.keyboard.type('7777777777')
  await until(page, at(page, from + 1), 'Hết phiên')
  await page.context().clearCookies()                      // and one that nobody knows
  await page.keyboard.type('6666666666')
  await until(page, at(page, from + 2), 'Hết phiên')
  assert.deepEqual(await scores(at(page, from + 1)), Array(10).fill('7'))
  await at(page, from + 1).locator('td.s').first().click()
  assert.match(await page.innerText('[data-say]'), /đăng nhập lại.*vẫn còn/)
  b.troubles = b.troubles.filter(text => !/40[13]/.test(text))
  await b.sign_in(other, 'branch', site)
  await page.bringToFront()
  await page.click('[data-save]')
  await until(page, at(page, from + 1), 'Đã lưu')
  await until(page, at(page, from + 2), 'Đã lưu')
  // typed and not sent, then the page is loaded again
  await page.context().setOffline(true)
  await at(page, from + 3).locator('td.s').first().click()
  await page.keyboard.type('55')
  await page.keyboard.press('ArrowDown')
  await until(page, at(page, from + 3), 'Mất mạng')
  b.troubles = b.troubles.filter(text => !/ERR_INTERNET_DISCONNECTED/.test(text))
  await page.waitForTimeout(300)
  page.on('dialog', dialog => dialog.accept())
  await page.context().setOffline(false)
  await page.reload()
  await page.waitForSelector('[data-loaded]', { state: 'attached' })
  assert.deepEqual((await scores(at(page, from + 3))).slice(0, 2), ['5', '5'], 'a reload loses what was typed')
})

test('the grid: last year’s scores are a proposal, confirmed person by person', async b => {
  const site = await site_with(b, 0), page = await b.visit('/luoi', { as: 'commune', site })
  await page.goto(`${site.url}/luoi`)
  await looks.at(b, page, 'of a commune')
  const branches = await page.locator('main tbody th a').evaluateAll(links => links.map(link => link.href))
  const proposed = page.locator('.grid--live tr.is-proposed')
  for (const branch of branches) {                         // some branch of the demo has somebody who was scored last year only
    await page.goto(`${branch}&cach=tu-cham`)
    if (!await page.locator('[data-grid]').count()) continue
    await page.waitForSelector('[data-loaded]', { state: 'attached' })
    await page.click('[data-propose-all]')
    if (await proposed.count()) break
  }
  assert.ok(await proposed.count(), 'nobody has scores of last year alone')
  await agree(page)
  assert.equal(await saved(proposed.first()).innerText(), 'Đề nghị')
  const index = Number(await proposed.first().getAttribute('aria-rowindex')) - 3
  await at(page, index).locator('td.s').first().click()
  const before = await scores(at(page, index))
  assert.ok(before.every(text => /^\d+$/.test(text)), before.join())
  await looks.at(b, page, 'with proposals')
  await page.keyboard.press(index ? 'ArrowUp' : 'ArrowDown')
  assert.equal(await saved(at(page, index)).innerText(), 'Đề nghị', 'a proposal that was only passed is saved')
  await at(page, index).locator('td.s').first().click()
  await page.keyboard.press('Enter')
  await until(page, at(page, index), 'Đã lưu')
  assert.deepEqual(await scores(at(page, index)), before)
  const [, , id, round] = (await at(page, index).locator('th a').getAttribute('href')).split('/')
  page.on('dialog', dialog => dialog.accept())
  await page.goto(`${site.url}/phieu/${id}/${round}/xem`)
  assert.match(await page.innerText('main'), /Như điểm năm trước, người nhập xác nhận/)
})

// ms from a key to the paint after it, sorted: rows typed, the ends of the list, up by one and by twenty
async function paints_of(page, from) {
  await page.evaluate(() => {
    globalThis.paints = []
    addEventListener('keydown', () => {
      const start = performance.now()
      requestAnimationFrame(() => setTimeout(() => globalThis.paints.push(performance.now() - start)))
    }, true)
  })
  await at(page, from).locator('td.s').first().click()
  for (let i = 0; i < 8; i++) await page.keyboard.type('8778878778')
  await page.keyboard.press('Control+End')
  const end = await here(page)
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowUp')
  for (let i = 0; i < 10; i++) await page.keyboard.press('PageUp')
  await page.waitForFunction(() => globalThis.paints.length > 130)
  const up = await here(page), paints = await page.evaluate(() => globalThis.paints.sort((x, y) => x - y))
  return { end: end[0], up: up[0], words: `median ${paints[paints.length >> 1].toFixed(1)} ms, 95 of 100 within ` +
    `${paints[Math.floor(paints.length * 0.95)].toFixed(1)} ms, the longest ${paints.at(-1).toFixed(1)} ms` }
}

// What a key costs the page whatever the list's length: nodes that come and go, and attributes and texts that change.
async function work_of(page, keys) {
  await page.evaluate(() => {
    globalThis.work = { nodes: 0, changes: 0 }
    globalThis.watch = new MutationObserver(records => {
      for (const one of records) {
        globalThis.work.nodes += one.addedNodes.length + one.removedNodes.length
        globalThis.work.changes += one.type === 'childList' ? 0 : 1
      }
    })
    globalThis.watch.observe(document.querySelector('[data-grid]'), { subtree: true, childList: true, attributes: true, characterData: true })
  })
  await page.keyboard.press(keys)
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))))
  return page.evaluate(() => { globalThis.watch.disconnect(); return globalThis.work })
}

test('the grid: two thousand people are typed without lag', async b => {
  const small = await open(b, await site_with(b, 16), 'tu-cham')
  await agree(small)
  console.log(`  20 people: key to paint ${(await paints_of(small, await first_free(small))).words}`)
  await small.close()
  const site = await site_with(b, 2000), page = await open(b, site, 'tu-cham'), from = await first_free(page)
  await agree(page)
  const [rows, total] = await page.evaluate(() => [document.querySelectorAll('.grid--live tbody tr').length, Number(document.querySelector('.grid--live').getAttribute('aria-rowcount')) - 2])
  assert.ok(total >= 2000, `${total} rows`)
  assert.ok(rows < 120, `${rows} rows stand in the page`)
  const { end, up, words } = await paints_of(page, from)
  assert.equal(end, total - 1)
  assert.equal(up, total - 1 - 40 - 200)
  console.log(`  ${total} people, ${rows} rows in the page: key to paint ${words}`)
  await page.keyboard.press('Control+Home')
  await until(page, at(page, from + 7), 'Đã lưu')
  await at(page, from + 9).locator('td.s').first().click()
  await page.waitForTimeout(200)                           // what was under way has come to rest
  const digit = await work_of(page, '7'), down = await work_of(page, 'ArrowDown'), far = await work_of(page, 'Control+End')
  console.log(`  of a digit ${digit.nodes} nodes and ${digit.changes} changes, of a row down ${down.nodes} and ${down.changes}, from one end to the other ${far.nodes} and ${far.changes}`)
  assert.ok(digit.nodes + digit.changes < 40, 'a digit touches more than its row and the bar')
  assert.ok(down.nodes + down.changes < 120, 'a row down touches more than two rows and the bar')
  assert.ok(far.nodes < 300, 'the other end of the list is more than a window of rows')
  await page.keyboard.press('Control+Home')
  assert.ok(await page.evaluate(() => document.querySelectorAll('.grid--live tbody tr').length) < 120)
  await page.fill('#tim', 'duc')
  assert.ok(await page.locator('.grid--live th a', { hasText: 'Đức' }).count() > 10, 'a name is not found without its marks')
})

// Not of a page: what one box holds, and when it goes on, for whatever a framework scores to.
test('the grid: a digit goes on when no other can follow it, whatever an indicator is scored to', async () => {
  const { build } = createRequire(new URL('../../web/package.json', import.meta.url))('esbuild')
  const { outputFiles: [file] } = await build({ entryPoints: [new URL('../../web/ts/grid_row.ts', import.meta.url).pathname], bundle: true, write: false, format: 'esm' })
  const { isWhole, read, Row } = await import(`data:text/javascript,${encodeURIComponent(file.text)}`)
  const goes_on = (most, ...texts) => texts.filter(text => isWhole(text, most)).join()
  assert.equal(goes_on(10, '0', '1', '2', '8', '10', '11'), '0,2,8,10')
  assert.equal(goes_on(4, '0', '1', '4', '5'), '0,1,4')
  assert.equal(goes_on(100, '0', '1', '9', '10', '11', '25', '100', '101'), '0,11,25,100')
  assert.equal(read('8,0', 10).score, 8)
  assert.match(read('8,5', 10).fault, /điểm lẻ/)
  assert.match(read('5', 4).fault, /từ 0 đến 4/)
  assert.equal(read('100', 100).score, 100)
  const wire = (n, last = n) => ({ id: 1, version: 0, name: 'An', year: 1961, state: 'none', word: '', self: [], agreed: [], last: Array(last).fill(8), named: false, own: false })
  for (const n of [7, 12]) {
    const row = new Row(wire(n), 'tu-cham', { sum: n * 8, each: 5, most: Array(n).fill(10) })
    assert.equal(row.typed.length, n)
    assert.ok(row.hasLast())
    row.typed = row.lastTexts()
    assert.deepEqual([row.sum(), row.verdict().text], [String(n * 8), 'Đạt'])
    assert.ok(!new Row(wire(n, 10), 'tu-cham', row.rule).hasLast(), 'ten scores of last year are a proposal for another number')
  }
})

test('the grid: three hundred people typed to reviewed sheets, counted', async b => {
  const site = await site_with(b, 300), page = await open(b, site, 'tu-cham'), hand = counted(page), from = await first_free(page)
  const start = Date.now()
  await hand.click('#helper')
  await hand.type('Ông Thiện nhập theo phiếu giấy, chi hội giữ')
  await hand.press('Tab')
  await hand.type('Ký trên phiếu giấy tháng 11')
  await hand.click(`.grid--live tr[aria-rowindex="${from + 3}"] td.s`)
  const names = []
  let typed = 0
  for (let i = from; typed < 300; i++) {
    const one = at(page, i)
    if (!await one.locator('input').count()) { await hand.press('ArrowDown'); continue }       // a sheet that cannot be typed any more
    names.push(await one.locator('th a').innerText())
    await hand.type([...Array(9)].map((_, k) => 7 + (i + k) % 3).join('') + (typed % 10 ? '9' : '10'))
    typed++
    if (i + 1 >= await page.evaluate(() => Number(document.querySelector('.grid--live').getAttribute('aria-rowcount')) - 2)) break
  }
  await hand.press('Enter')
  await page.waitForFunction(() => ![...document.querySelectorAll('.saved-cell')].some(cell => /Đang lưu|Chưa lưu/.test(cell.textContent)))
  for (const [link, words] of [['Nộp các phiếu đủ điểm', 'tat-ca'], ['Đồng ý với điểm tự chấm', 'tat-ca']]) {
    hand.n++
    await Promise.all([page.waitForNavigation(), page.locator('main a', { hasText: link }).first().click()])
    await hand.click(`#scope-${words}`)
    hand.n++
    await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()])
    assert.match(page.url(), /\/luoi\?/, await page.innerText('main').catch(() => ''))
  }
  await page.goto(`${site.url}/luoi?cach=xet`)
  await page.waitForSelector('[data-loaded]', { state: 'attached' })
  const reviewed = await page.evaluate(async () => {
    let after = 0, n = 0
    do {
      const { rows, next } = await (await fetch(`${document.querySelector('[data-grid]').dataset.grid}${after ? `?sau=${after}` : ''}`)).json()
      n += rows.filter(row => row.state === 'reviewed').length
      after = next
    } while (after)
    return n
  })
  console.log(`  ${typed} people typed, ${reviewed} sheets reviewed: ${hand.n} keys and clicks (${(hand.n / typed).toFixed(1)} a person), ${Math.round((Date.now() - start) / 1000)} s by the machine`)
  assert.equal(typed, 300)
  assert.ok(reviewed >= 300, `${reviewed} are reviewed`)
  assert.ok(hand.n < 4000, `${hand.n} keys and clicks`)
  assert.match(execFileSync(program, ['check', '--data', site.data], { encoding: 'utf8' }), /./)
})

test('the grid: what was done for many goes back in two clicks, with and without a script', async b => {
  const site = await site_with(b, 6)
  for (const javascript of [true, false]) {
    const page = await open(b, site, 'tu-cham', { javascript })
    const act = await page.locator('a[href$="/viec/dang-ky"]').first().getAttribute('href')
    await page.goto(site.url + act)
    const ticks = await page.locator('input[name="chon"]').count()
    assert.ok(ticks >= 6)
    await page.check('#scope-tat-ca')
    await page.fill('#helper', 'Ông Thiện')
    await page.fill('#consent', 'Danh sách giấy ngày 12/11, ông Thiện giữ')
    await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()])
    await looks.at(b, page, `after an act, ${javascript}`)
    assert.match(await page.innerText('.notice'), new RegExp(`Đã đăng ký ${ticks} người`))
    await Promise.all([page.waitForNavigation(), page.locator('.notice a', { hasText: 'Hoàn lại' }).click()])
    await looks.at(b, page, `before it goes back, ${javascript}`)
    await Promise.all([page.waitForNavigation(), page.locator('main form button').click()])
    assert.match(await page.innerText('.notice'), new RegExp(`Đã hoàn lại: đăng ký ${ticks} người`))
    await Promise.all([page.waitForNavigation(), page.locator('main a', { hasText: 'Đã làm hôm nay' }).first().click()])
    await looks.at(b, page, `done today, ${javascript}`)
    await page.goto(site.url + act)
    assert.equal(await page.locator('input[name="chon"]').count(), ticks, 'somebody is still registered')
  }
})

test('the grid without a script is a form of twenty rows', async b => {
  const site = await site_with(b, 30)
  for (const width of [360, 1280]) {
    const page = await open(b, site, 'tu-cham', { javascript: false, width })
    await looks.at(b, page, `without a script, ${width}`)
    const rows = page.locator('[data-grid-plain] tbody tr')
    assert.equal(await rows.count(), 20)
    const boxes = rows.filter({ has: page.locator('input[name^="c1_"]') }).filter({ hasText: 'Chưa đăng ký' })
    await page.fill('#helper', 'Bà Ba nhập theo phiếu giấy')
    await page.fill('#consent', 'Ký trên phiếu')
    const name = await boxes.first().locator('th a').innerText(), box = i => boxes.first().locator('td.s input').nth(i)
    for (let i = 0; i < 10; i++) await box(i).fill('8')
    await box(3).fill('8,5')
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Lưu các hàng này' }).click()])
    assert.match(await page.innerText('.govuk-error-summary'), /Chỉ số 4, hàng \d+: không phải số nguyên/)
    b.expect(/422/)
    await looks.at(b, page, `without a script, with a fault, ${width}`)
    const again = rows.filter({ hasText: name })
    assert.equal(await again.locator('td.s input').nth(3).inputValue(), '8,5')
    await again.locator('td.s input').nth(3).fill('9')
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Lưu, sang các hàng sau' }).or(page.locator('main button', { hasText: 'Lưu các hàng này' })).first().click()])
    assert.equal(await page.locator('.govuk-error-summary').count(), 0, await page.innerText('main'))
    await page.goto(`${site.url}/luoi?cach=tu-cham`)
    assert.equal(await rows.filter({ hasText: name }).locator('.sum').innerText(), '81')
  }
  const narrow = await open(b, site, 'tu-cham', { width: 360 })
  assert.ok(await narrow.locator('[data-grid-plain]').isVisible(), 'on a phone the plain form does not stand')
  await looks.at(b, narrow, 'on a phone')
  for (const act of ['dang-ky', 'nop', 'nop-giup', 'dong-y', 'rut', 'nhan-lai']) {
    await narrow.goto(site.url + (await narrow.locator(`a[href$="/viec/${act}"]`).first().getAttribute('href')))
    await looks.at(b, narrow, act)
    await narrow.goto(`${site.url}/luoi?cach=tu-cham`)
  }
})

looks.declare()

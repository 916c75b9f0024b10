// Lists as officers send them, through the page: each sample is read to its expected number of rows, whatever its kind; a list of 300
// people with scores becomes people, registrations and agreed sheets, and the actions it took are counted and printed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from './harness.mjs'
import { Looks } from './look.mjs'

const samples = fileURLToPath(new URL('../rosters', import.meta.url))
const files = readdirSync(samples).filter(name => /^0.*\.(xlsx|xls|ods|csv)$/.test(name)).sort()
const program = process.env.HOCTAP ?? new URL('../../build/hoctap', import.meta.url).pathname
const hoctap = (...words) => execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const number = text => Number(text.replaceAll('.', ''))

// The page asks to be read again by itself; a test need not wait for it.
async function settled(page) {
  for (let i = 0; i < 100 && !(await page.locator('.counts').count()); i++) {
    await page.waitForTimeout(150)
    await page.reload()
  }
  return (await page.locator('.counts b').allInnerTexts()).map(number)
}

async function send(page, site, file, unit) {
  await page.goto(site.url + '/danh-sach')
  if (unit && await page.locator('#unit').count()) await page.selectOption('#unit', { label: unit })
  await page.setInputFiles('#file', file)
  await Promise.all([page.waitForNavigation(), page.click('main form[enctype] button')])
  return settled(page)
}

for (const javascript of [true, false])
  test(`each sample is read to its expected rows ${javascript ? 'with' : 'without'} JavaScript`, async b => {
    assert.equal(files.length, 8)
    const site = await b.fresh_site()
    const page = await b.visit('/danh-sach', { as: 'commune', site, javascript })
    for (const file of files) {
      const expected = JSON.parse(readFileSync(join(samples, file + '.expected.json'), 'utf8'))
      const counts = await send(page, site, join(samples, file), 'Xã Đức Hoà')
      assert.equal(counts.reduce((a, n) => a + n), expected.rows, file)
      assert.match(await page.locator('.lead').innerText(), new RegExp(`${expected.rows.toLocaleString('de-DE')} dòng`), file)
      // rows without a name are the only ones that no place, no group and no decision can help
      await Promise.all([page.waitForNavigation(), page.click('text=Xem, sửa cột')])
      const used = expected.sheets.filter(sheet => !sheet.skipped)[0]
      for (const [letter, field] of Object.entries(used.columns)) {
        const row = page.locator('main tbody tr', { has: page.locator('th', { hasText: new RegExp(`^${letter}$`) }) })
        assert.equal(await row.locator('select').inputValue(), field, `${file}, column ${letter}`)
      }
      await page.selectOption('#group', 'nong_dan')
      await page.selectOption('#leaf', { index: 1 })
      await Promise.all([page.waitForNavigation(), page.click('text=Đọc lại theo cột vừa sửa')])
      assert.equal((await settled(page)).reduce((a, n) => a + n), expected.rows, file)
      let nameless = 0
      for (let next = `${page.url().split('?')[0]}?loc=khong-nhan`; next;) {
        await page.goto(new URL(next, site.url).href)
        nameless += await page.locator('.doubts tbody tr', { hasText: 'Ô họ tên trống' }).count()
        const link = page.locator('.pager a', { hasText: 'Xem tiếp' })
        next = await link.count() ? await link.getAttribute('href') : ''
      }
      assert.equal(nameless, expected.rejected.length, `${file}: rows without a name`)
    }
  })

test('a messy list of 300 people with scores becomes people, registrations and agreed sheets', async b => {
  assert.equal(files.length, 8)
  const site = await b.fresh_site()
  const page = await b.visit('/danh-sach', { as: 'branch', site })
  let clicks = 0, keys = 0
  const click = async where => { clicks++; await page.locator(where).first().click() }
  const go = async where => { await Promise.all([page.waitForNavigation(), click(where)]) }
  const type = async (where, text) => { clicks++; keys += text.length; await page.locator(where).fill(text) }
  const choose = async (where, option) => { clicks += 2; await page.locator(where).selectOption(option) }

  clicks += 2                                                    // the file dialogue: open, pick
  await page.setInputFiles('#file', join(samples, '03-ap-3-cham-diem-300.xlsx'))
  await go('main form[enctype] button')
  const before = await settled(page)
  await go('text=Xem, sửa cột')
  await choose('#group', 'nong_dan')
  await choose('#leaf', { index: 1 })
  await go('text=Đọc lại theo cột vừa sửa')
  await settled(page)
  for (let i = 0; i < 30; i++) {                                 // all alike, a click each: the first way, a half point up
    const open = page.locator('.alike li').filter({ hasNot: page.locator('[aria-pressed]') })
    if (!(await open.count())) break
    const half = open.first().locator('button', { hasText: 'Làm tròn lên' })
    clicks++
    await Promise.all([page.waitForNavigation(), (await half.count() ? half : open.first().locator('button').first()).click()])
  }
  await click('label[for=scores_of-thong-nhat]')
  await type('#consent_day', '12/11/2026')
  await type('#consent_holder', 'Bà Ba')
  await click('label[for=registers]')
  await go('main button:has-text("Ghi ")')
  const after = await settled(page)
  const said = await page.locator('.lead').innerText()
  const written = number(/Đã ghi ([\d.]+) dòng/.exec(said)[1])
  const { states } = JSON.parse(hoctap('figures', '--unit', '27937.03', '--json', '--data', site.data))   // Ấp Bàu Sen
  hoctap('check', '--data', site.data)
  console.log(`of the branch now: ${states.reviewed} reviewed, ${states.draft} drafts, ${states.registered} registered`)
  console.log(`300 people with scores: ${clicks} clicks, ${keys} keystrokes; ${before} → ${after}; ${said}`)
  assert.ok(written >= 290, said)
  assert.ok(states.reviewed + states.draft + states.registered + states.submitted >= written)
  assert.ok(clicks + keys < 1000)
})

test('a list goes back as one step, and its result is the officer\'s own sheet with a reason beside each row', async b => {
  const folder = mkdtempSync(join(tmpdir(), 'hoctap-list-'))
  const site = await b.fresh_site()
  const looks = new Looks('lists')
  const page = await b.visit('/danh-sach', { as: 'branch', site })
  try {
    const file = join(folder, 'ap-bau-sen.csv')
    writeFileSync(file, 'Họ và tên,Năm sinh,Giới tính,Nghề nghiệp,TC1,TC2\nNguyễn Thị Thử,1961,Nữ,làm ruộng,8,9\n,1970,Nam,làm ruộng,7,8\n')
    assert.deepEqual(await send(page, site, file), [1, 0, 0, 0, 1])
    await b.check_access(page)
    const list = page.url()
    for (const path of [list, list + '/cot', site.url + '/danh-sach', site.url + '/danh-sach/xuat']) {
      await page.goto(path)
      await looks.at(b, page)
      looks.troubles(b, path)
    }
    assert.deepEqual(Object.values(looks.faults).flat(), [])
    await page.goto(list)
    await page.click('label[for=scores_of-tu-cham]')
    await page.fill('#consent_day', '12/11/2026')
    await page.fill('#consent_holder', 'Bà Ba')
    await Promise.all([page.waitForNavigation(), page.click('main button:has-text("Ghi 1 dòng")')])
    await settled(page)
    assert.match(await page.locator('.lead').innerText(), /Đã ghi 1 dòng, để lại 1 dòng/)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Tải tệp kết quả')])
    const result = readFileSync(await download.path(), 'utf8')
    assert.match(result, /Nguyễn Thị Thử.*Đã ghi người mới/)
    assert.match(result, /Không nhận.*Ô họ tên trống/)
    await Promise.all([page.waitForNavigation(), page.click('text=Hoàn lại cả lần nạp này')])
    await b.check_access(page)
    await Promise.all([page.waitForNavigation(), page.click('main button:has-text("Hoàn lại cả lần nạp")')])
    await settled(page)
    assert.match(await page.locator('.lead').innerText(), /Đã hoàn lại 1 dòng/)
    assert.deepEqual(await send(page, site, file), [1, 0, 0, 0, 1])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('last round\'s people are shown to be asked anew, and nobody is registered by that', async b => {
  const site = await b.fresh_site()
  const page = await b.visit('/danh-sach', { as: 'commune', site })
  await page.selectOption('#dot-truoc-unit', { label: 'Xã Đức Hoà' })
  await Promise.all([page.waitForNavigation(), page.click('text=Lấy người đã đăng ký đợt')])
  const [fresh, same, changed, asked, refused] = await settled(page)
  assert.ok(same + asked > 0, 'the demo has people of last round here')
  assert.deepEqual([fresh, changed, refused], [0, 0, 0])
  assert.equal(await page.locator('main button:has-text("Ghi ")').count(), asked ? 1 : 0)
  await b.check_access(page)
})

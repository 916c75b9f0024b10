import { test } from './harness.mjs'
import { readdirSync, readFileSync } from 'node:fs'
const T = '/tmp/c-roster-work', S = '/work/shared/data/samples/rosters'
test('zz look', async b => {
  const site = await b.fresh_site()
  const p = await b.visit('/danh-sach', { as: 'commune', site })
  await p.screenshot({ path: `${T}/u.png`, fullPage: true })
  for (const f of readdirSync(S).filter(f => /\.(xlsx|xls|ods|csv)$/.test(f))) {
    const want = JSON.parse(readFileSync(`${S}/${f}.expected.json`, 'utf8'))
    await p.goto(site.url + '/danh-sach')
    await p.selectOption('#unit', { index: 1 })
    await p.setInputFiles('input[type=file]', `${S}/${f}`)
    const t0 = Date.now()
    await Promise.all([p.waitForNavigation(), p.click('main form[enctype] button')])
    for (let i = 0; i < 40 && !(await p.locator('.counts').count()); i++) { await p.waitForTimeout(300); await p.reload() }
    console.log(f, Date.now() - t0, 'ms', await p.locator('.lead').innerText(), want.rows, want.rejected.length, JSON.stringify(await p.locator('.counts b').allInnerTexts()), await p.locator('.alike li span:first-child').allInnerTexts())
    const u = p.url()
    if (/^0[23]/.test(f)) await p.screenshot({ path: `${T}/s-${f.slice(0, 2)}.png` })
    await p.click('text=Xem, sửa cột')
    if (/^0[13]/.test(f)) await p.screenshot({ path: `${T}/c-${f.slice(0, 2)}.png`, fullPage: true })
    await p.selectOption('#group', 'nong_dan')
    await p.selectOption('#leaf', { index: 1 })
    await Promise.all([p.waitForNavigation(), p.click('text=Đọc lại theo')])
    for (let i = 0; i < 40 && !(await p.locator('.counts').count()); i++) { await p.waitForTimeout(300); await p.reload() }
    console.log(f, JSON.stringify(await p.locator('.counts b').allInnerTexts()), await p.locator('.alike li span:first-child').allInnerTexts())
    await p.goto(u + '?loc=khong-nhan')
    console.log((await p.locator('table.doubts tbody tr').allInnerTexts()).slice(0, 6).join(' # '))
    if (/^03/.test(f)) { await p.goto(u); await p.screenshot({ path: `${T}/s2-03.png`, fullPage: true }) }
  }
})

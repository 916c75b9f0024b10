import { test } from './harness.mjs'
import { writeFileSync } from 'node:fs'
const T = '/tmp/c-roster-work'
test('zz look', async b => {
  for (const width of [1280, 360]) {
    const site = await b.fresh_site()
    const csv = 'ho_ten,ngay_sinh,gioi_tinh,so_dinh_danh,dien_thoai,ap,nhom,' + [1,2,3,4,5,6,7,8,9,10].map(i => 'tc' + i).join() + '\n'
      + 'Nguyễn Thị Lành,20/5/1961,Nữ,080161900001,0900 000 121,Ấp Bàu Sen,Nông dân,8,9,8,8,9,8,8,9,8,9\nTrần Văn Ba,1972,nam,,,Bàu Sen,cong_nhan,7,,,,,,,,,\n,1990,,,,,,,,,,,,,,,\n'
    writeFileSync(T + '/ap.csv', csv)
    const p = await b.visit('/danh-sach', { as: 'branch', width, site })
    await p.screenshot({ path: `${T}/u-${width}.png`, fullPage: true })
    await p.setInputFiles('input[type=file]', T + '/ap.csv')
    await Promise.all([p.waitForNavigation(), p.click('main button')])
    await p.screenshot({ path: `${T}/w-${width}.png`, fullPage: true })
    for (let i = 0; i < 10 && !(await p.locator('.counts').count()); i++) { await p.waitForTimeout(700); await p.reload() }
    await p.screenshot({ path: `${T}/p-${width}.png`, fullPage: true })
    await b.check_access(p); await b.check_html(new URL(p.url()).pathname, p).catch(e => console.log(String(e).slice(0, 600)))
    await p.check('#scores_of-thong-nhat')
    await p.fill('#consent_day', '12/11/2026'); await p.fill('#consent_holder', 'Bà Ba')
    await Promise.all([p.waitForNavigation(), p.click('text=Ghi 2 dòng')])
    await p.screenshot({ path: `${T}/a-${width}.png`, fullPage: true })
    for (let i = 0; i < 10 && !(await p.locator('.counts').count()); i++) { await p.waitForTimeout(700); await p.reload() }
    await p.screenshot({ path: `${T}/d-${width}.png`, fullPage: true })
    await p.goto(p.url().split('?')[0] + '/hoan-lai')
    await p.screenshot({ path: `${T}/h-${width}.png`, fullPage: true })
    await b.check_access(p)
  }
})

// People without telephones and the paperwork of a round: what is printed, typed back, replaced, in a real browser.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from './harness.mjs'

const download = async (page, button) => {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { path: await file.path(), name: file.suggestedFilename() }
}

test('a commune takes all its papers in one ZIP', async b => {
  const site = await b.fresh_site()
  const page = await b.visit('/xa', { as: 'commune', site })
  await page.click('text=Lấy giấy tờ của năm')
  await page.waitForLoadState()
  await b.check_access(page)
  const zip = await download(page, page.locator('button', { hasText: 'Tải tất cả trong một tệp ZIP' }))
  assert.match(zip.name, /\.zip$/)
  const bytes = readFileSync(zip.path)
  assert.equal(bytes.subarray(0, 2).toString(), 'PK')
  for (const name of ['Biên bản họp xét.pdf', 'Tờ trình.docx', 'Danh sách đề nghị công nhận.xlsx', 'Phiếu kiến nghị.pdf'])
    assert.ok(bytes.includes(Buffer.from(name)), name)
})

test('a province replaces a form, is told what is no form, and gives it up again', async b => {
  const site = await b.fresh_site()
  const page = await b.visit('/mau-giay', { as: 'province', site })
  await b.check_access(page)
  await page.locator('main a', { hasText: 'Tờ trình' }).click()
  await page.waitForLoadState()
  await b.check_access(page)
  const starter = await download(page, page.locator('a', { hasText: 'Tải mẫu để bắt đầu' }))
  await page.setInputFiles('#file', { name: 'khong-phai.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('không phải Word') })
  await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Thay mẫu này' }).click()])
  b.expect(/422/)
  assert.match(await page.innerText('main'), /không phải tài liệu Word/)
  await page.setInputFiles('#file', { name: 'to-trinh.docx', mimeType: 'application/octet-stream', buffer: readFileSync(starter.path) })
  await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Thay mẫu này' }).click()])
  assert.match(await page.innerText('main'), /Mẫu của tỉnh: to-trinh\.docx/)
  await b.check_access(page)
  const commune = await b.visit('/xa', { as: 'commune', site })
  await commune.click('text=Lấy giấy tờ của năm')
  await commune.waitForLoadState()
  const row = commune.locator('main tr', { hasText: 'Tờ trình' }).first()
  assert.deepEqual((await row.locator('button').allInnerTexts()).map(t => t.replace(/^.*\n/, '').trim().slice(-4)), ['DOCX'])
  const filled = await download(commune, row.locator('button'))
  assert.equal(readFileSync(filled.path).subarray(0, 2).toString(), 'PK')
  await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Dùng lại mẫu chung' }).click()])
  assert.match(await page.innerText('main'), /Mẫu chung của chương trình/)
})

// The harness tests itself: each of its eyes must see the fault it is there for.
import assert from 'node:assert/strict'
import { test, serve_pages } from './harness.mjs'

const page = (title, body) => `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"></head><body><main><h1>${title}</h1>${body}</main></body></html>`
const policy = { 'content-security-policy': "default-src 'self'; img-src 'self' data:" }
const url = serve_pages({
  '/tot': { body: page('Tốt', '<p>Chào bà con.</p>'), headers: policy },
  '/nho': { body: page('Nhớ', '<script>document.title = "đã chạy"</script>') },
  '/cam': { body: page('Cấm', '<script>document.title = "đã chạy"</script>'), headers: policy },
  '/loi': { body: page('Lỗi', '<script>throw new Error("hỏng")</script>') },
  '/thieu': { body: page('Thiếu', '<img src="/khong-co.png" alt="không có">') },
  '/mo': { body: page('Mờ', '<p style="color:#ccc">chữ quá nhạt</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">') },
  '/rong': { body: page('Rộng', '<div style="width:2000px">rộng</div>') },
  '/sai': { body: page('Sai', '<p><div>khối trong đoạn</div></p>') }
})
const fails = (promise, pattern) => assert.rejects(promise, error => pattern.test(error.message))

for (const width of [360, 1280]) {
  for (const javascript of [true, false]) {
    test(`harness: a good page is good at ${width} px, JavaScript ${javascript ? 'on' : 'off'}`, async b => {
      const good = await b.visit(`${await url}/tot`, { width, javascript })
      assert.equal(await good.innerText('h1'), 'Tốt')
      await b.check_html(`${await url}/tot`, good)
      await b.check_width(good)
      if (javascript) await b.check_access(good)
    })
  }
}

test('harness: JavaScript runs when it is on, and only then', async b => {
  assert.equal(await (await b.visit(`${await url}/nho`)).title(), 'đã chạy')
  assert.equal(await (await b.visit(`${await url}/nho`, { javascript: false })).title(), 'Nhớ')
})

test('harness: a broken content security policy is seen', async b => {
  assert.equal(await (await b.visit(`${await url}/cam`)).title(), 'Cấm')
  b.expect(/^content security policy: script-src-elem refused inline/)
  b.expect(/^console: .*Content Security Policy/)
})

test('harness: a script that throws is seen', async b => {
  await b.visit(`${await url}/loi`)
  b.expect(/^script: hỏng/)
})

test('harness: something that is not there is seen', async b => {
  await b.visit(`${await url}/thieu`)
  b.expect(/404/)
})

test('harness: axe sees pale text and a picture without words', async b => {
  const pale = await b.visit(`${await url}/mo`)
  await fails(b.check_access(pale), /axe finds 2 faults/)
})

test('harness: html-validate sees a block in a paragraph', async b => {
  await fails(b.check_html(`${await url}/sai`), /html-validate finds/)
})

test('harness: a page wider than its window is seen', async b => {
  await fails(b.check_width(await b.visit(`${await url}/rong`, { width: 360 })), /2000|wide/)
})

test('harness: a trouble that was expected and did not come is a failure', async b => {
  await b.visit(`${await url}/tot`)
  assert.throws(() => b.expect(/policy/), /nothing like/)
})

import { test } from './harness.mjs'
test('look', async b => {
  for (const width of [360, 1280]) {
    let page = await b.visit('/don-vi', { as: 'commune', width })
    const me = await page.context().request.get((await b.site()).url + '/chuyen')
    const html = await me.text()
    const leaf = [...html.matchAll(/\/chuyen\?unit=(\d+)/g)].map(m => m[1])[0]
    const shot = async n => { await page.screenshot({ path: `/tmp/units-${n}-${width}.png`, fullPage: true }) }
    const url = (await b.site()).url
    await page.goto(url + `/don-vi/${leaf}/ten`)
    await page.fill('#name', 'Ấp Bình Hoà Đông'); await page.fill('#reason', 'Nghị quyết số 12 của HĐND xã'); await shot('rename1')
    await page.click('button:has-text("Xem trước")'); await shot('rename2')
    await page.goto(url + `/don-vi/${leaf}/nhap`); await page.check('input[name=from] >> nth=0'); await page.fill('#reason', 'Nghị quyết số 12 của HĐND xã')
    await page.click('button:has-text("Xem trước")'); await shot('merge2')
    await page.goto(url + `/don-vi/${leaf}/chia`); await page.fill('#first', 'Ấp Đông'); await page.fill('#second', 'Ấp Tây'); await page.fill('#reason', 'Nghị quyết số 12 của HĐND xã')
    await page.click('button:has-text("Xem trước")'); await shot('divide2')
    await page.goto(url + `/don-vi/${leaf}/ten`)
    await page.fill('#name', 'Ấp Bình Hoà Đông ' + width); await page.fill('#reason', 'Nghị quyết số 12 của HĐND xã')
    await page.click('button:has-text("Xem trước")'); await page.click('button[name=sure]'); await shot('act')
    await page.goto(url + `/viec-don-vi?unit=${leaf}`); await shot('acts')
    const p2 = await b.visit(`/don-vi/${leaf}/chuyen`, { as: 'province', width })
    const codes = (await (await p2.context().request.get(url + '/don-vi')).text())
    await p2.fill('#parent', '25645'); await p2.fill('#reason', 'Nghị quyết số 12 của HĐND xã'); await p2.click('button:has-text("Xem trước")')
    await p2.screenshot({ path: `/tmp/units-move2-${width}.png`, fullPage: true })
  }
})

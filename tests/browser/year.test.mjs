// The whole year, as people live it: a branch officer adds somebody and prints an activation code; that citizen opens the account,
// registers, scores ten indicators, sends two photos, hands in; the branch changes a score; the commune meets, posts, proposes; the
// authority decides; the citizen reads why and takes the certificate home; a stranger verifies it; the province counts more, and
// `hoctap check` agrees. On a phone, at a desk, and on a phone without JavaScript, each on a store of its own. A step that fails
// says so, and those after it too.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from './harness.mjs'
import { Looks } from './look.mjs'

const program = process.env.HOCTAP ?? new URL('../../build/hoctap', import.meta.url).pathname
const hoctap = (data, ...words) => execFileSync(program, [...words, '--data', data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const name = 'Trần Thị Thử Nghiệm', national_id = '080161987654', passphrase = 'cây me đầu ngõ'

// d days from today, as people write it and as the clock of the programme's country stands
function day(d = 0) {
  const at = new Date(Date.now() + 7 * 3600_000 + d * 86_400_000)
  return `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()}`
}
const number_in = text => Number(/\d[\d.]*/.exec(text)[0].replaceAll('.', ''))

for (const [title, width, javascript] of [['at 360 px', 360, true], ['at 1280 px', 1280, true], ['at 360 px without JavaScript', 360, false]]) {
  const looks = new Looks(`the year ${title}`), year = {}
  const step = (promise, run) => test(`the year ${title}: ${promise}`, async b => {
    year.site ??= await b.fresh_site()
    const pages = []
    const as = async (role, where = '/') => {
      const page = await b.visit(role ? '/dang-nhap' : where, { width, javascript, site: year.site })
      pages.push(page)
      page.on('dialog', dialog => dialog.accept())
      if (role) {
        await b.sign_in(page, role, year.site)
        await page.goto(year.site.url + where)
      }
      await looks.at(b, page)
      return page
    }
    try {
      await run(b, as)
    } finally {
      for (const page of pages) looks.troubles(b, new URL(page.url()).pathname)
    }
  })

  // by its words, as a person finds it
  const open_menu = async page => {
    const menu = page.locator('.menu summary')
    if (await menu.count() && await menu.isVisible()) await menu.click()
  }
  const follow = async (b, page, words, state) => {
    await Promise.all([page.waitForNavigation(), page.locator('main a', { hasText: words }).first().click()])
    await looks.at(b, page, state)
  }
  const send = async (b, page, words, state = '') => {
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: words }).first().click()])
    await looks.at(b, page, state)
  }
  const choose = (page, field, value) => page.locator(`label[for="${field}-${value}"]`).click()
  const tick = (page, id) => page.locator(`label[for="${id}"]`).click()
  const has_errors = async (page, ...words) => {
    const text = await page.innerText('main')
    for (const word of words) assert.match(text, word)
  }

  step('the province opens all windows of the year, whatever day the test runs on', async (b, as) => {
    const this_year = day().split('/')[2]
    const page = await as('province', `/dot/${this_year}/sua`)
    for (const window of ['register', 'score', 'review', 'recognise']) {
      await page.fill(`#${window}_from`, `1/1/${this_year}`)
      await page.fill(`#${window}_until`, `31/12/${this_year}`)
    }
    await page.fill('#reason', 'Công văn về thời gian của năm nay')
    await send(b, page, 'Lưu')
    assert.equal(new URL(page.url()).pathname, `/dot/${this_year}`)
  })

  step('the branch officer adds a person, and sees what is wrong first', async (b, as) => {
    const figures = JSON.parse(hoctap(year.site.data, 'figures', '--unit', '80', '--json'))
    year.before = figures.states.recognised
    const page = await as('branch', '/nguoi')
    await open_menu(page)
    await follow(b, page, 'Thêm người')
    await page.fill('#name', 'X1')
    await page.fill('#birth', '31/2/1961')
    await page.selectOption('#group', 'nong_dan')
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Thêm người' }).click()])
    b.expect(/422/)
    await looks.at(b, page, 'with errors')
    assert.equal(await page.inputValue('#birth'), '31/2/1961')
    await page.fill('#name', name)
    await page.fill('#birth', '20/5/1961')
    await choose(page, 'sex', await page.locator('label', { hasText: /^Nữ$/ }).first().getAttribute('for').then(id => id.replace('sex-', '')))
    await page.fill('#national_id', national_id)
    await send(b, page, 'Thêm người')
    assert.match(new URL(page.url()).pathname, /^\/nguoi\/\d+$/)
    assert.match(await page.innerText('h1'), new RegExp(name))
    assert.ok(!(await page.innerText('main')).includes(national_id), 'the number stands open on the page')
    year.person = /\d+$/.exec(new URL(page.url()).pathname)[0]
  })

  step('the officer prints an activation code', async (b, as) => {
    const page = await as('branch', `/nguoi/${year.person}`)
    await send(b, page, 'In mã kích hoạt')
    year.code = (await page.innerText('.slips__code')).trim()
    assert.match(year.code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}$/)
  })

  step('the citizen opens the account with it, once', async (b, as) => {
    const page = await as(null, '/dang-nhap')
    await follow(b, page, 'Có mã chi hội đưa')
    await page.fill('#code', year.code.toLowerCase())
    await page.fill('#passphrase', passphrase)
    await page.fill('#again', passphrase)
    await send(b, page, 'Mở tài khoản')
    assert.doesNotMatch(new URL(page.url()).pathname, /kich-hoat/)
    year.site.accounts.push({ role: 'newcomer', login: national_id, passphrase })
    const other = await as(null, '/kich-hoat')
    await other.fill('#code', year.code)
    await other.fill('#passphrase', passphrase)
    await other.fill('#again', passphrase)
    await Promise.all([other.waitForNavigation(), other.locator('main button', { hasText: 'Mở tài khoản' }).click()])
    b.expect(/401|422/)
    assert.match(await other.innerText('main'), /đã dùng|không đúng|hết hạn/)
  })

  step('the citizen registers', async (b, as) => {
    const page = await as('newcomer', '/phieu')
    await follow(b, page, 'Đăng ký')
    await page.locator('.govuk-radios label', { hasText: 'Nông dân' }).first().click()
    await page.fill('#wish_1', 'Học dùng điện thoại để bán hàng')
    await tick(page, 'agree')
    await send(b, page, 'Đăng ký')
    year.sheet = /\/phieu\/\d+\/\d+/.exec(page.url())[0]
  })

  step('scores ten indicators on the ladders, and comes back in between', async (b, as) => {
    const page = await as('newcomer', `${year.sheet}/cham/1`)
    for (let n = 1; n <= 10; n++) {
      assert.match(page.url(), new RegExp(`/cham/${n}$`))
      if (n === 1) assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.ladder label')).fontSize)) >= 18, 'words smaller than 18 px')
      const sum = page.locator('[data-sum]').first()
      const before = await sum.count() ? number_in(await sum.innerText()) : null
      await page.check('input[name="score"][value="9"]')
      if (javascript && before !== null) assert.equal(number_in(await sum.innerText()), 9 * n, 'the sum does not follow the choice')
      if (n === 5) {
        await send(b, page, 'Lưu, để sau làm tiếp')
        await page.goto(`${year.site.url}${year.sheet}/cham/5`)
        assert.ok(await page.isChecked('input[name="score"][value="9"]'), 'the score was not kept')
      }
      await Promise.all([page.waitForNavigation(), page.click('button[value="tiep"]')])
      await looks.at(b, page)
    }
  })

  step('sends two photos at once for the first indicator', async (b, as) => {
    const painter = await b.visit('/dang-nhap', { site: year.site })
    const paint = hue => painter.evaluate(h => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 }), x = canvas.getContext('2d')
      for (let i = 0; i < 60; i++) { x.fillStyle = `hsl(${h + i * 7} 60% ${30 + i % 50}%)`; x.fillRect((i * 97) % 600, (i * 61) % 440, 120, 90) }
      return canvas.toDataURL('image/jpeg', 0.8).split(',')[1]
    }, hue).then(text => Buffer.from(text, 'base64'))
    const page = await as('newcomer', `${year.sheet}/cham/1`)
    await send(b, page, 'Thêm ảnh, giấy tờ hoặc lời kể')
    await page.setInputFiles('#files', [{ name: 'chung-nhan.jpg', mimeType: 'image/jpeg', buffer: await paint(10) },
      { name: 'lop-hoc.jpg', mimeType: 'image/jpeg', buffer: await paint(200) }])
    await send(b, page, 'Gửi minh chứng', 'with two photos')
    assert.equal(await page.locator('.files li').count(), 2)
    for (const image of await page.locator('.files img').all()) {
      const src = await image.getAttribute('src'), answer = await page.context().request.get(year.site.url + src)
      assert.equal(answer.status(), 200)
      assert.match(answer.headers()['content-type'], /^image\//)
    }
  })

  step('hands the sheet in', async (b, as) => {
    const page = await as('newcomer', year.sheet)
    await follow(b, page, /Nộp phiếu|Xem lại và nộp|nộp/i)
    assert.match(await page.innerText('main'), /90/)
    await page.fill('#remark', 'Lớp học ở nhà văn hoá, tối thứ ba.')
    await send(b, page, 'Nộp phiếu')
    await page.goto(year.site.url + year.sheet)
    await looks.at(b, page, 'handed in')
    assert.match(await page.innerText('main'), /Chờ chi hội xét|Đã nộp|chờ xét/i)
  })

  step('the branch reviews it with one changed score, which needs a reason', async (b, as) => {
    const page = await as('branch', '/xet')
    await follow(b, page, name)
    assert.match(await page.innerText('main'), /Lớp học ở nhà văn hoá/)
    assert.ok(await page.locator('.thumbs img').count() >= 2, 'the photos are not there')
    await page.fill('#score_3', '7')
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Thống nhất' }).first().click()])
    b.expect(/422/)
    await looks.at(b, page, 'without a reason')
    assert.equal(await page.inputValue('#score_3'), '7')
    await page.fill('#reason_3', 'Chưa có giấy của lớp học, chờ bổ sung năm sau.')
    await send(b, page, 'Thống nhất')
    await page.goto(`${year.site.url}/xet`)
    assert.equal(await page.locator('main a', { hasText: name }).count(), 0, 'the sheet still waits in the queue')
  })

  step('the commune records its meeting', async (b, as) => {
    const page = await as('commune', '/xa')
    await follow(b, page, 'Ghi cuộc họp xét')
    await page.fill('#held_on', day(-13))
    await page.fill('#chair', 'Nguyễn Văn Chủ, Chủ tịch Hội')
    await page.fill('#secretary', 'Lê Thị Thư, Thư ký')
    await page.fill('#attendees', 'Nguyễn Văn Chủ, Hội Khuyến học\nLê Thị Thư, Hội Khuyến học\nTrần Văn Ba, Hội Nông dân')
    await page.fill('#votes_for', '9')
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Ghi biên bản' }).click()])
    b.expect(/422/)
    await looks.at(b, page, 'with errors')
    await page.fill('#votes_for', '3')
    await send(b, page, 'Ghi biên bản')
    assert.equal(new URL(page.url()).pathname, '/xa')
  })

  step('posts the list: too short is refused', async (b, as) => {
    const page = await as('commune', '/xa')
    await follow(b, page, 'Niêm yết danh sách')
    await page.fill('#from_day', day(-2))
    await page.fill('#until_day', day(-2))
    await page.fill('#place', 'Trụ sở UBND và nhà văn hoá các ấp')
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Niêm yết' }).click()])
    b.expect(/422/)
    await has_errors(page, /ngày làm việc/)
    await page.fill('#from_day', day(-12))                    // put up on paper, typed in afterwards
    await page.fill('#until_day', day(-1))
    await send(b, page, 'Niêm yết')
    assert.equal(new URL(page.url()).pathname, '/xa')
    const papers = await as('commune', '/xa')
    await follow(b, papers, 'Lấy giấy tờ của năm')
    const [file] = await Promise.all([papers.waitForEvent('download'), papers.locator('button', { hasText: 'DOCX' }).first().click()])
    assert.match(readFileSync(await file.path()).subarray(0, 2).toString(), /PK/)
  })

  step('proposes', async (b, as) => {
    const page = await as('commune', '/xa')
    await follow(b, page, 'Lập tờ trình')
    await page.fill('#number', '77/TTr-HKH')
    await page.fill('#day', day())
    await page.fill('#signer', 'Nguyễn Văn Chủ')
    await send(b, page, 'Lập tờ trình')
    assert.equal(new URL(page.url()).pathname, '/xa')
  })

  step('the authority decides, with number, date and signer', async (b, as) => {
    const page = await as('authority', '/ubnd')
    await follow(b, page, '77/TTr-HKH')
    assert.match(await page.innerText('main'), new RegExp(name))
    year.proposed = await page.locator('main table tbody tr').count()
    await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Ghi quyết định' }).click()])
    b.expect(/422/)
    await looks.at(b, page, 'with errors')
    await page.fill('#number', '177/QĐ-UBND')
    await page.fill('#day', day())
    await page.fill('#signer', 'Phạm Văn Ký')
    await page.fill('#signer_role', 'CHỦ TỊCH')
    await send(b, page, 'Ghi quyết định')
    assert.match(new URL(page.url()).pathname, /^\/ubnd\/quyet-dinh\/\d+$/)
    assert.match(await page.innerText('main'), /177\/QĐ-UBND/)
    await page.setInputFiles('input[type="file"]', { name: 'qd-177.pdf', mimeType: 'application/pdf', buffer: signed_pdf() })
    await send(b, page, 'Tải lên', 'with its file')
    assert.match(await page.innerText('main'), /Mở bản đã ký/)
  })

  step('the citizen reads what was changed, by whom and why, and takes the certificate', async (b, as) => {
    const page = await as('newcomer', `${year.sheet}/xem`)
    await has_errors(page, /Chưa có giấy của lớp học/, /chi hội|Ấp|xét/i, /9[^]*→[^]*7/, /Được công nhận|công nhận/i)
    await follow(b, page, /giấy chứng nhận/i)
    const href = await page.locator('main a[href$="/pdf"]').first().getAttribute('href')
    const answer = await page.context().request.get(year.site.url + href)
    assert.equal(answer.status(), 200)
    assert.match(answer.headers()['content-type'], /pdf/)
    const folder = mkdtempSync(join(tmpdir(), 'hoctap-certificate-'))
    try {
      writeFileSync(join(folder, 'c.pdf'), await answer.body())
      const text = execFileSync('pdftotext', ['-layout', join(folder, 'c.pdf'), '-'], { encoding: 'utf8' }).normalize()
      assert.match(text, new RegExp(name, 'i'))
      assert.match(text, /177\/QĐ-UBND/)
      assert.doesNotMatch(text, /DỰ THẢO/)
      year.certificate = /[0-9A-Z]{4,5}(-[0-9A-Z]{4,5}){3}/.exec(text)?.[0] ?? /giay\/([0-9A-Z-]+)\//.exec(href)[1]
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  step('a stranger verifies it without an account', async (b, as) => {
    const page = await as(null, '/xac-minh')
    await page.fill('#ma', year.certificate)
    await send(b, page, 'Xác minh')
    const text = await page.innerText('main')
    for (const word of [name, '1961', '177/QĐ-UBND']) assert.ok(text.includes(word), `“${word}” is not on the page`)
    for (const secret of [national_id, '20/05/1961', '20/5/1961', national_id.slice(-4)]) assert.ok(!text.includes(secret), `“${secret}” is on the page`)
    await page.goto(`${year.site.url}/xac-minh/${year.certificate.slice(0, -1)}${year.certificate.endsWith('0') ? '1' : '0'}`)
    b.expect(/404/)
    await looks.at(b, page, 'of an unknown code')
    assert.doesNotMatch(await page.innerText('main'), new RegExp(name))
  })

  step('the province counts them, on its page and in its report', async (b, as) => {
    assert.ok(year.proposed, 'nobody was proposed')
    const figures = JSON.parse(hoctap(year.site.data, 'figures', '--unit', '80', '--json'))
    assert.equal(figures.states.recognised, year.before + year.proposed)
    const page = await as('province', '/so-lieu')
    const column = words => page.locator(`tr${words} td[data-label="Công nhận"]`).allInnerTexts().then(texts => texts.map(number_in))
    assert.equal((await column('.total'))[0], figures.states.recognised)
    assert.equal((await column('[data-code]')).reduce((sum, n) => sum + n, 0), figures.states.recognised, 'the communes do not add up to the province')
    const results = await as(null, '/ket-qua')
    assert.equal(number_in(await results.locator('tr.total td[data-label="Công nhận"]').innerText()), figures.states.recognised)
    const folder = mkdtempSync(join(tmpdir(), 'hoctap-report-'))
    try {
      hoctap(year.site.data, 'report', 'result', '--unit', '80', '--format', 'csv', '-o', join(folder, 'r.csv'))
      const rows = readFileSync(join(folder, 'r.csv'), 'utf8').normalize().split('\n')
      assert.ok(rows.some(row => /Đức Hoà|Đức Hòa/.test(row)), 'the commune is not in the report')
      assert.ok(rows.some(row => new RegExp(`(^|[,;"])${figures.states.recognised}([,;"]|$)`).test(row.trim())), `no row of the report has ${figures.states.recognised}`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  step('and `hoctap check` agrees', async () => {
    let said
    try { said = hoctap(year.site.data, 'check', '--deep') } catch (error) { said = error.stdout }
    assert.deepEqual(said.split('\n').filter((line, i, all) => / SAI: /.test(line) || / SAI: /.test(all[i - 1] ?? '')), [])
  })

  looks.declare()
}

// The smallest PDF that says something.
function signed_pdf() {
  const parts = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>', '<</Length 0>>stream\n\nendstream']
  let text = '%PDF-1.4\n'
  const at = parts.map((part, i) => { const here = text.length; text += `${i + 1} 0 obj${part}endobj\n`; return here })
  const start = text.length
  text += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${at.map(n => `${String(n).padStart(10, '0')} 00000 n \n`).join('')}`
  return Buffer.from(`${text}trailer<</Size ${parts.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`)
}

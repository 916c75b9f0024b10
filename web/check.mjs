// Looks at pages as a browser shows them, on 127.0.0.1 and any free port, under the policy of the program itself:
//
//   node check.mjs --pages DIR --web BUILD/web [--shots DIR]
//
// DIR holds whole pages (*.html). Each goes through html-validate; then Chromium opens it at 360 and 1280 px, with scripts and
// without: no message on the console, no refused resource, no axe violation, nothing wider than a window of 320 px.
// --shots keeps a picture of each. Exit 1 when anything was found.
import { createServer } from 'node:http';
import { mkdirSync, readdirSync, readFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';

const option = name => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const pages = option('--pages'), web = option('--web'), shots = option('--shots');
if (!pages || !web) {
  console.error('usage: node check.mjs --pages DIR --web BUILD/web [--shots DIR]');
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.topojson': 'application/json' };
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const names = readdirSync(pages).filter(name => name.endsWith('.html')).sort();
let faults = 0;
const fault = (page, text) => { faults++; console.error(`${page}: ${text}`); };

const validate = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    'no-trailing-whitespace': 'off', 'long-title': 'off', 'doctype-style': ['error', { style: 'lowercase' }],
    'aria-label-misuse': ['error', { allowAnyNamable: true }],      // the strip is a list with a name
    'no-implicit-button-type': 'off',     // a button of a form sends it: that is what is meant
    'prefer-native-element': 'off',       // a <section> with a name is a region all the same
    'tel-non-breaking': 'off', 'no-redundant-for': 'off', 'no-inline-style': 'error', 'allowed-links': ['error', { allowExternal: false }],
  },
});
for (const name of names) {
  const report = await validate.validateString(readFileSync(join(pages, name), 'utf8'));
  for (const result of report.results)
    for (const m of result.messages)
      fault(name, `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

const server = createServer((request, answer) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = pathname.startsWith('/web/') ? join(web, 'blob', basename(pathname)) : join(pages, basename(pathname));
  if (!existsSync(file) || pathname === '/') {
    answer.writeHead(404).end();
    return;
  }
  answer.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY });
  answer.end(readFileSync(file));
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ...process.getuid?.() === 0 ? ['--no-sandbox'] : []],
});
if (shots)
  mkdirSync(shots, { recursive: true });
for (const scripts of [true, false]) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, locale: 'vi-VN' });
  const page = await context.newPage();
  let now = '';
  page.on('console', message => { if (message.type() === 'error') fault(now, message.text()); });
  page.on('pageerror', error => fault(now, error.message));
  page.on('requestfailed', request => fault(now, `not loaded: ${request.url()}`));
  page.on('dialog', dialog => dialog.accept());
  for (const name of names)
    for (const width of [320, 360, 1280]) {
      now = `${name} at ${width}${scripts ? '' : ', no scripts'}`;
      await page.setViewportSize({ width, height: width === 1280 ? 900 : 740 });
      await page.goto(`${base}/${name}`, { waitUntil: 'networkidle' });
      if (width === 320) {
        const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        if (inner > outer)
          fault(now, `scrolls sideways: ${inner} px`);
        continue;
      }
      if (scripts) {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        for (const v of violations)
          fault(now, `${v.id}: ${v.help}: ${v.nodes.map(node => node.target.join(' ')).slice(0, 4).join(', ')}`);
      }
      if (shots)
        await page.screenshot({ path: join(shots, `${basename(name, '.html')}-${width}${scripts ? '' : '-no-scripts'}.png`), fullPage: true });
    }
  await context.close();
}

// What the scripts promise, on the pages that the tests of src/html keep.
async function expect(name, promise, act) {
  if (!names.includes(name))
    return;
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  page.on('dialog', dialog => dialog.accept());
  await page.goto(`${base}/${name}`, { waitUntil: 'networkidle' });
  try {
    if (!await act(page))
      fault(name, `broken promise: ${promise}`);
  } catch (error) {
    fault(name, `broken promise: ${promise}: ${error.message.split('\n')[0]}`);
  }
  await page.close();
}
const text = (page, which) => page.locator(which).first().innerText();
const focused = page => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);

await expect('scoring.html', 'sum, strip and verdict follow the choice', async page => {
  await page.check('input[value="9"]');
  return await text(page, '[data-sum]') === '32' && await text(page, '[data-verdict]') === 'Còn 6 chỉ số' &&
    await text(page, '.strip li:nth-child(4) [data-value]') === '9' && await page.locator('.strip li.is-empty').count() === 6;
});
await expect('scoring.html', 'a low choice shows as low', async page => {
  await page.check('input[value="4"]');
  return await page.locator('.strip li.is-low').count() === 1;
});
await expect('scoring.html', 'the summary of errors has the focus, its link leads into the group', async page => {
  const first = await focused(page);
  await page.click('.govuk-error-summary__list a');
  return first === 'govuk-error-summary' && await focused(page) === 'diem-0';
});
await expect('parts.html', 'a link of the summary leads into its field', async page => {
  await page.click('a[href="#dien_thoai"]');
  return await focused(page) === 'dien_thoai';
});
await expect('parts.html', 'a file too heavy is refused before it is sent, a lighter one is not', async page => {
  await page.setInputFiles('#tep', { name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2_500_000) });
  const words = await text(page, '#tep-ghi-chu');
  await page.click('form .govuk-button >> nth=0');
  const stayed = page.url().endsWith('/parts.html') && await focused(page) === 'tep';
  await page.setInputFiles('#tep', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(1000) });
  return words.includes('“IMG_2041.jpg” nặng 3 MB, quá 1 MB') && stayed && await page.locator('#tep-ghi-chu .govuk-error-message').count() === 0;
});
await expect('parts.html', 'leaving with something typed asks first', async page => {
  let asked = false;
  page.once('dialog', () => { asked = true; });
  await page.fill('#ho_ten', 'Trần Thị Lành An');
  await page.goto(`${base}/scoring.html`);
  return asked;
});
await expect('parts.html', 'a table that is stacked keeps its meaning', async page =>
  await page.getByRole('table').first().isVisible() && await page.getByRole('rowheader', { name: 'Ấp Hoà Bình' }).count() === 1);
await expect('parts.html', 'charts are drawn as one named picture each, at the width they have', async page =>
  await page.getByRole('img', { name: 'Năm 2026 nộp sớm hơn năm 2025' }).count() === 1 &&
  await page.locator('svg.communes path').count() === 97 && await page.locator('svg.communes path.b3, svg.communes path.b5').count() === 2);
await expect('parts-work.html', "an officer's menu is folded on a phone and opens", async page => {
  const before = await page.getByRole('link', { name: 'Xét phiếu' }).filter({ visible: true }).count();
  await page.click('.menu summary');
  return before === 0 && await page.getByRole('link', { name: 'Xét phiếu' }).filter({ visible: true }).count() === 1;
});
await browser.close();
server.close();
console.log(`${names.length} pages looked at, ${faults} faults`);
process.exit(faults ? 1 : 0);

// Builds everything a page loads, and the C that carries it inside the program:
//
//   node build.mjs --out DIR [--depfile FILE]
//
// DIR gets blob/ (each file plain, and .gz and .br where smaller), web_files.c and web_files.h (the table that http/server.h serves)
// and web_names.h (the addresses that pages write). A name carries eight digits of the SHA-256 of its content, so that a browser may
// keep it for ever; the C includes the blobs by .incbin, which compiles in no time and is redone when a name changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const web = dirname(fileURLToPath(import.meta.url));
const option = name => process.argv[process.argv.indexOf(name) + 1];
const has = name => process.argv.includes(name);

if (!has('--out')) {
  console.error('usage: node build.mjs --out DIR [--depfile FILE]');
  process.exit(2);
}
if (!existsSync(join(web, 'node_modules/sass')) || !existsSync(join(web, 'node_modules/esbuild'))) {
  console.error('web/node_modules is missing: run `npm ci` in web/ first (./run and ./test do).');
  process.exit(1);
}
const sass = await import('sass');
const esbuild = await import('esbuild');

const out = resolve(option('--out'));
const blobs = join(out, 'blob');
rmSync(blobs, { recursive: true, force: true });
mkdirSync(blobs, { recursive: true });

const TYPES = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml', '.ico': 'image/x-icon', '.topojson': 'application/json',
};
const inputs = new Set([fileURLToPath(import.meta.url), join(web, 'package-lock.json')]);
const files = [];   // { path, type, etag, plain, gzip, brotli }: the last three { file, len }
const names = {};   // WEB_APP_CSS → /web/app.….css

function read(file) {
  inputs.add(file);
  return readFileSync(file);
}

function keep(name, content) {
  writeFileSync(join(blobs, name), content);
  return { file: join(blobs, name), len: content.length };
}

// Adds one file to the table; the address is hashed unless given. Fonts are compressed already.
function add(name, content, { path, macro } = {}) {
  const data = Buffer.from(content);
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 8);
  const extension = extname(name);
  const address = path ?? `/web/${basename(name, extension)}.${hash}${extension}`;
  const stored = basename(address);
  const smaller = (suffix, packed) => packed.length < data.length ? keep(stored + suffix, packed) : null;
  const packs = extension !== '.woff2';
  const file = {
    path: address, type: TYPES[extension], etag: hash, plain: keep(stored, data),
    gzip: packs ? smaller('.gz', gzipSync(data, { level: 9 })) : null,
    brotli: packs ? smaller('.br', brotliCompressSync(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
    })) : null,
  };
  files.push(file);
  if (macro)
    names[macro] = file.path;
  return file.path;
}

const fonts = new Map();
function font(name) {
  if (!fonts.has(name)) {
    const family = name.startsWith('figtree') ? 'figtree' : 'be-vietnam-pro';
    fonts.set(name, add(name, read(join(web, 'node_modules/@fontsource', family, 'files', name))));
  }
  return fonts.get(name);
}

function style(name, macro) {
  const source = join(web, 'scss', `${name}.scss`);
  const { css, loadedUrls } = sass.compile(source, {
    style: 'compressed', loadPaths: [join(web, 'node_modules')], quietDeps: true, charset: false,
  });
  loadedUrls.map(url => fileURLToPath(url)).filter(file => !file.includes('node_modules')).forEach(file => inputs.add(file));
  const text = css.replace(/url\(["']?fonts\/([\w.-]+)["']?\)/g, (_, file) => `url(${font(file)})`);
  if (/data:|url\((?!\/web\/)/.test(text))
    throw new Error(`${name}.scss: only addresses of our own are allowed (default-src 'self')`);
  add(`${name}.css`, text, { macro });
}

// What a script loads only when needed becomes a file of its own beside it; those carry the bundler's hash.
async function script(name, macro) {
  const built = await esbuild.build({
    entryPoints: [join(web, 'ts', `${name}.ts`)], bundle: true, splitting: true, format: 'esm', target: ['es2020'], minify: true, write: false,
    outdir: '/web', chunkNames: '[name].[hash]', metafile: true, absWorkingDir: web, legalComments: 'none', charset: 'utf8', logLevel: 'warning',
  });
  Object.keys(built.metafile.inputs).filter(file => !file.includes('node_modules')).forEach(file => inputs.add(join(web, file)));
  for (const { path, contents } of built.outputFiles) {
    const file = basename(path);
    if (file === `${name}.js`)
      add(file, contents, { macro });
    else
      add(file, contents, { path: `/web/${file}` });
  }
}

style('app', 'WEB_APP_CSS');
style('work', 'WEB_WORK_CSS');
await script('app', 'WEB_APP_JS');
await script('parts', 'WEB_PARTS_JS');
await script('chart', 'WEB_CHART_JS');
await script('grid', 'WEB_GRID_JS');
add('mark.svg', read(join(web, 'icons/mark.svg')), { macro: 'WEB_FAVICON' });
add('favicon.ico', read(join(web, 'icons/favicon.ico')), { path: '/favicon.ico' });
add('tay-ninh-communes.topojson', read(join(web, 'maps/tay-ninh-communes.topojson')), { macro: 'WEB_MAP_COMMUNES' });
add('provinces.topojson', read(join(web, 'maps/provinces.topojson')), { macro: 'WEB_MAP_PROVINCES' });
await esbuild.stop?.();

// The C. Addresses and names are our own and plain ASCII; paths of blobs are quoted for the assembler.
const quote = text => JSON.stringify(text);
const symbols = [];
function blob(part) {
  if (!part)
    return '{ "", 0 }';
  const symbol = `web_blob_${symbols.length}`;
  symbols.push({ symbol, part });
  return `{ ${symbol}, ${part.len} }`;
}
const rows = files.map(f => `\t{ ${quote(f.path)}, ${quote(f.type)}, ${quote(`"${f.etag}"`)},\n\t\t` +
  `${blob(f.plain)}, ${blob(f.gzip)}, ${blob(f.brotli)} },`);
const assembler = symbols.map(({ symbol, part }) =>
  `__asm__(".section .rodata\\n.balign 16\\n" ${quote(`${symbol}:\n.incbin ${quote(part.file)}\n`)} ".byte 0\\n.previous\\n");\n` +
  `extern const char ${symbol}[] __attribute__((visibility("hidden")));`);

writeFileSync(join(out, 'web_files.h'), `/* web_files.h: what pages load, inside the program. Written by web/build.mjs.
 * The etag stands in its quotes, as in the header. A path that begins with /web/ carries its hash. */
#ifndef WEB_FILES_H
#define WEB_FILES_H

#include "http/server.h"

extern const struct static_file web_files[];
extern const size_t web_files_n;

#endif
`);
writeFileSync(join(out, 'web_files.c'), `/* Written by web/build.mjs. */
#include "web_files.h"

${assembler.join('\n')}

const struct static_file web_files[] = {
${rows.join('\n')}
};
const size_t web_files_n = sizeof web_files / sizeof web_files[0];
`);
writeFileSync(join(out, 'web_names.h'), `/* web_names.h: addresses of what pages load. Written by web/build.mjs. */
#ifndef WEB_NAMES_H
#define WEB_NAMES_H

${Object.entries(names).map(([macro, path]) => `#define ${macro} ${quote(path)}`).join('\n')}

#endif
`);
if (has('--depfile')) {
  const escape = file => file.replace(/[ #]/g, '\\$&');
  writeFileSync(option('--depfile'), `${escape(join(out, 'web_files.c'))}: ${[...inputs].map(escape).join(' ')}\n`);
}
if (has('--sizes'))
  for (const f of files)
    console.log(`${f.path}\t${f.plain.len}\t${f.gzip?.len ?? '-'}\t${f.brotli?.len ?? '-'}`);

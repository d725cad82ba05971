/**
 * Fails when what the browser must load has grown over its budget (kilobytes after gzip, of 1,000 bytes).
 *
 * A chunk belongs to a lazy part by the path of the module that is imported lazily; what the first load brings
 * already does not count again.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000;
const total = (files) => [...files].reduce((sum, file) => sum + gzipped(file), 0);

/** Every chunk that loading `keys` brings with it, by static imports. */
function closure(keys, seen = new Set()) {
  for (const key of keys) {
    if (!seen.has(key)) {
      seen.add(key);
      closure(manifest[key].imports ?? [], seen);
    }
  }
  return seen;
}

const filesOf = (keys) => new Set([...keys].map((key) => manifest[key].file));
const stylesOf = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []));
const keysWhere = (test) => Object.keys(manifest).filter((key) => test(manifest[key], key));

const entry = closure(keysWhere((chunk) => chunk.isEntry));

/** What lazily imported modules below `path` add to the first load. */
function lazy(path) {
  const keys = closure(keysWhere((chunk) => chunk.isDynamicEntry && path.test(chunk.src ?? '')));
  return new Set([...keys].filter((key) => !entry.has(key)));
}

const everyScript = keysWhere((chunk) => chunk.file.endsWith('.js'));
const rows = [
  ['first load, script', total(filesOf(entry)), 200],
  ['first load, style', total(stylesOf(entry)), 40],
  ['grid', total(filesOf(everyScript.filter((key) => manifest[key].name === 'grid'))), 25],
  ['settings', total(filesOf(lazy(/\/settings\//i))), 90],
  ['charts', total(filesOf(lazy(/\/(charts|dashboards?)\//i))), 130],
];

for (const [name, size, budget] of rows) {
  const mark = size <= budget ? 'ok  ' : 'OVER';
  console.log(`${mark} ${name.padEnd(20)} ${size.toFixed(1).padStart(7)} of ${budget} kB gz`);
}
process.exitCode = rows.every(([, size, budget]) => size <= budget) ? 0 : 1;

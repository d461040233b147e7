import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import type { Measure } from './stage.js';

/* `npm run bench [-- name…]`: every *.bench.ts beside this file, one after the other, as one table of ratios. */

const wanted = process.argv.slice(2);
const files = readdirSync(new URL('.', import.meta.url)).filter(
  (file) =>
    file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((name) => file.startsWith(name))),
);

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

for (const file of files.sort()) {
  const { run } = (await import(new URL(file, import.meta.url).href)) as { run: () => Promise<Measure[]> };
  console.log(`\n${file.replace('.bench.ts', '')}`);
  const figures = await run();
  console.table(
    Object.fromEntries(
      figures.map(({ name, ours, bare, ratio, goal }) => [
        name,
        { ours: shown(ours), beside: shown(bare), ratio: Number(ratio.toFixed(2)), goal },
      ]),
    ),
  );
}

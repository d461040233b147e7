import 'reflect-metadata';
import { argumentsOf } from './command-arguments.js';
import { withoutListening } from './command-line.js';
import { Projection } from './reporting/facts/projection.service.js';

/* `npm run rebuild -- [--check]`: counts every prospect anew from its facts, or only compares and exits 1 on a difference. */

const { values } = argumentsOf('npm run rebuild -- [--check]', {
  options: { check: { type: 'boolean', default: false } },
});
const SHOWN = 20;

await withoutListening(async (app) => {
  const projection = app.get(Projection, { strict: false });
  if (!values.check) {
    process.stdout.write(`${await projection.rebuild()} prospects counted anew\n`);
    return;
  }
  const { prospects, different, waiting } = await projection.compare();
  process.stdout.write(
    `${prospects} prospects compared, ${waiting} waiting to be counted, ${different.length} differ\n`,
  );
  if (different.length === 0) return;
  process.exitCode = 1;
  process.stdout.write(
    different
      .slice(0, SHOWN)
      .map((id) => `  ${id}\n`)
      .join(''),
  );
});

import 'reflect-metadata';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { loadConfig } from '../src/config/config.js';
import { createServer } from '../src/server.js';
import { ACCOUNTS, PASSWORD, PEOPLE } from './cast.js';
import { emptyForTelling, isTold, noteTold } from './demo-folder.js';
import { lastTold } from './morning.js';
import { tellDemo } from './tell-demo.js';

/*
 * `npm run demo`: a demo agency in a data folder of its own, on this machine only, sending nothing. The first start
 * tells its half year of history; the next ones open what is there. `--fresh` begins again.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = resolve(process.env['DATA_DIR'] ?? join(root, 'data-demo'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const isFresh = process.argv.includes('--fresh') || !isTold(dataDir);
try {
  if (isFresh) emptyForTelling(dataDir, process.env['DATA_DIR'] === undefined);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

const config = loadConfig({
  PORT: process.env['PORT'],
  LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  DATA_DIR: dataDir,
  HOST: '127.0.0.1',
  MAIL: 'outbox',
  BASE_URL: `http://localhost:${process.env['PORT'] ?? '3000'}`,
});

if (isFresh) {
  const started = process.hrtime.bigint();
  const quiet = await createServer(
    loadConfig({ DATA_DIR: dataDir, WORKER: 'off', MAIL: 'outbox', LOG_LEVEL: 'warn' }),
  );
  await quiet.init();
  say('Telling half a year of the agency’s work (once):');
  const today = lastTold(DateTime.now().setZone('Europe/Paris'));
  const dataFolder = join(root, 'seeds', 'data');
  await tellDemo(quiet, { today, accounts: ACCOUNTS, dataFolder, say: (line) => say(`  ${line}`) });
  await quiet.close();
  noteTold(dataDir, today.toISODate()!);
  say(`Told in ${Math.round(Number(process.hrtime.bigint() - started) / 1e9)} s.`);
}

const app = await createServer(config);
await app.listen(config.port, config.host);

const portals = ACCOUNTS.map(
  ({ portal, client }) => [portal.email, `client portal of ${client.name}`] as const,
);
const roles = { admin: 'administrator', manager: 'account manager', sdr: 'SDR' } as const;
const team = Object.values(PEOPLE).map(({ email, role }) => [email, roles[role]] as const);
say(`\nCarnet demo on http://localhost:${config.port}`);
say(`Everybody's password: ${PASSWORD}\n`);
for (const [email, what] of [...team, ...portals]) say(`  ${email.padEnd(32)} ${what}`);

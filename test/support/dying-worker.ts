import 'reflect-metadata';
import { Clock } from '../../src/clock/clock.service.js';
import { Config } from '../../src/config/config.js';
import { readSettings } from '../../src/config/env-spec.js';
import { Database } from '../../src/database/database.js';
import { OutgoingMails } from '../../src/outreach/outgoing/outgoing-mails.service.js';
import { EngineClaims } from '../../src/sequences/engine/engine-claims.service.js';
import { EngineDispatch } from '../../src/sequences/engine/engine-dispatch.service.js';
import { MailOutcomes } from '../../src/sequences/engine/mail-outcomes.service.js';
import { Engine } from '../../src/sequences/engine/engine.service.js';
import { createServer } from '../../src/server.js';

/*
 * A worker of its own process that runs one tick and, on the mail named, kills itself at one point of the road: no
 * handler runs, nothing is flushed. Started by test/jobs/crash.test.ts.
 */

const { NOW, DIE_AT = 'never', DIE_ON = '1', DATABASE_URL, DATA_DIR, SECRET_KEY } = process.env;
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const config = new Config({
  ...readSettings({ DATA_DIR, SECRET_KEY, LOG_LEVEL: 'error', WORKER: 'off' }),
  databaseUrl: DATABASE_URL ? DATABASE_URL : null,
});
const app = await createServer(config);
await app.init();
const now = new Date(NOW!);
app.get(Clock, { strict: false }).now = () => now;

let mails = 0;
const isIt = (): boolean => (mails += 1) === Number(DIE_ON);

/** Runs something of ours before or after one step of the road. */
function around<T extends object>(
  service: T,
  method: keyof T & string,
  act: { before?: () => void; after?: () => void },
) {
  const own = (service[method] as (...args: unknown[]) => Promise<unknown>).bind(service);
  (service as Record<string, unknown>)[method] = async (...args: unknown[]) => {
    act.before?.();
    const result = await own(...args);
    act.after?.();
    return result;
  };
}

const at = <T>(type: abstract new (...args: never[]) => T): T => app.get<T>(type, { strict: false });
const onIt = (): void => {
  if (isIt()) die();
};
const points: Record<string, () => void> = {
  never: () => undefined,
  'before the claim is committed': () => around(at(EngineClaims), 'claim', { after: onIt }),
  'after the claim': () => around(at(EngineDispatch), 'sendAll', { before: onIt }),
  'before one is written down': () => around(at(MailOutcomes), 'endTouch', { before: onIt }),
  'before the dialogue': () => around(at(OutgoingMails), 'deliver', { before: onIt }),
  'after the dialogue': () => around(at(OutgoingMails), 'deliver', { after: onIt }),
  'after all are written down': () => around(at(EngineDispatch), 'sendAll', { after: onIt }),
};
points[DIE_AT]!();

await at(Engine).tick(now);
await at(Database).read(async () => undefined);
await app.close();
process.exit(0);

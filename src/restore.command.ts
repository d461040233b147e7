import 'reflect-metadata';
import { argumentsOf } from './command-arguments.js';
import { loadConfig } from './config/config.js';
import { restore } from './database/backup/restore.js';
import { MIGRATIONS } from './database/migrations.js';
import { ENTITIES } from './entities.js';

/* `npm run restore -- FILE [--force]`: the way back, into an empty data folder or database. */

const { values, positionals } = argumentsOf('npm run restore -- FILE [--force]', {
  options: { force: { type: 'boolean', default: false } },
  allowPositionals: true,
});

try {
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new Error('Say from what: npm run restore -- FILE [--force]');
  const options = { entities: ENTITIES, migrations: MIGRATIONS };
  const { counts, madeAt, isSameKey, replaced } = await restore(loadConfig(), options, file, {
    isForced: values.force,
    now: new Date(),
  });
  const { client = 0, prospect = 0, activity = 0, meeting = 0 } = counts;
  process.stdout.write(
    `Restored as of ${madeAt}: ${client} clients, ${prospect} prospects, ${activity} facts, ${meeting} meetings.\n`,
  );
  if (replaced !== null) process.stdout.write(`What was there is kept as ${replaced}\n`);
  if (!isSameKey)
    process.stdout.write(
      'This backup was made with another secret key. Set SECRET_KEY (or put the old secret-key file into DATA_DIR) before starting; else unsubscribe links in mails already sent stop working, erased people are not recognised, and the passwords of mailboxes have to be entered anew.\n',
    );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

import 'reflect-metadata';
import { argumentsOf } from './command-arguments.js';
import { loadConfig } from './config/config.js';
import { backUp } from './database/backup/backup.js';
import { MIGRATIONS } from './database/migrations.js';
import { ENTITIES } from './entities.js';

/* `npm run backup -- FILE`: a consistent, checked copy of everything while the program runs. */

const [file, ...others] = argumentsOf('npm run backup -- FILE', { allowPositionals: true }).positionals;

try {
  if (!file || others.length > 0) throw new Error('Say where to: npm run backup -- FILE');
  const options = { entities: ENTITIES, migrations: MIGRATIONS };
  const counts = await backUp(loadConfig(), options, file, new Date());
  const { client = 0, prospect = 0, activity = 0, meeting = 0 } = counts;
  process.stdout.write(
    `${file}: ${client} clients, ${prospect} prospects, ${activity} facts, ${meeting} meetings; checked.\n` +
      'The secret key is not in it: keep SECRET_KEY (or DATA_DIR/secret-key) in another place. Without it, unsubscribe links in mails already sent stop working, erased people are not recognised, and the passwords of mailboxes have to be entered anew.\n',
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

import 'reflect-metadata';
import sql from 'sql-template-tag';
import { AccessQueries } from './accounts/access.queries.js';
import { ApiTokens } from './accounts/api-tokens.service.js';
import { argumentsOf } from './command-arguments.js';
import { withoutListening } from './command-line.js';
import { Database } from './database/database.js';
import { text } from './database/rows.js';

/* `npm run token -- --email E [--client NAME]`: prints a new API token of that person. */

const { values } = argumentsOf('npm run token -- --email E [--client NAME]', {
  options: { email: { type: 'string' }, client: { type: 'string' } },
});

await withoutListening(async (app) => {
  if (!values.email) throw new Error('Say whose token: npm run token -- --email somebody@agency.example');
  const database = app.get(Database, { strict: false });
  const email = values.email.trim().toLowerCase();
  const user = await database.read((db) =>
    db.row(sql`SELECT id FROM app_user WHERE email = ${email}`, { id: text }),
  );
  const actor = user && (await app.get(AccessQueries, { strict: false }).actorOfUser(user.id));
  if (!actor) throw new Error(`Nobody active has the address ${email}`);
  const named = values.client;
  const client = named
    ? await database.read((db) => db.row(sql`SELECT id FROM client WHERE name = ${named}`, { id: text }))
    : null;
  if (named && !client) throw new Error(`There is no client named "${named}"`);
  const token = await app.get(ApiTokens, { strict: false }).issue(actor, 'command line', client?.id ?? null);
  process.stdout.write(`${token}\n`);
});

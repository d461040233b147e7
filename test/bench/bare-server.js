// The yardstick of the benchmarks: what Fastify and better-sqlite3 do when nobody asks who, whether and why.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fastify from 'fastify';

const database = new Sqlite(join(process.env.DATA_DIR, 'bare.sqlite'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
database.exec(`CREATE TABLE IF NOT EXISTS prospect (
  id varchar PRIMARY KEY, client_id varchar, full_name text, status varchar, status_at datetime, last_activity_at datetime);
  CREATE INDEX IF NOT EXISTS by_activity ON prospect (client_id, last_activity_at, id)`);

const update = database.prepare('UPDATE prospect SET status = ?, status_at = ? WHERE id = ?');
const page = database.prepare(
  'SELECT * FROM prospect WHERE client_id = ? ORDER BY last_activity_at DESC, id DESC LIMIT 50',
);

const app = fastify();
app.get('/ready', () => 'ready');
app.post('/prospects/:id/status', (request) => {
  update.run(request.body.to, new Date().toISOString(), request.params.id);
  return { id: request.params.id, status: request.body.to };
});
app.get('/clients/:id/prospects', (request) => ({ items: page.all(request.params.id) }));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

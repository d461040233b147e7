// The yardstick of the benchmarks: what Fastify and better-sqlite3 do when nobody asks who, whether and why. Its table is
// Carnet's own, with the same columns and indexes, so that a ratio tells what Carnet adds to it; `small` is the least a
// status can be kept in.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fastify from 'fastify';

const database = new Sqlite(join(process.env.DATA_DIR, 'bare.sqlite'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');

const COLUMNS = `id, first_name, last_name, full_name, title, company_name, email, phone, mobile_phone, linkedin_url, city,
  country, status, status_at, status_until, owner_id, fit, fit_score, source, created_at, last_activity_at, version`;
const page = (where, order) =>
  database.prepare(
    `SELECT ${COLUMNS} FROM prospect WHERE client_id = ? AND ${where} ORDER BY ${order} LIMIT 50`,
  );
const byStatus = page('status = ?', 'last_activity_at DESC, id DESC');
const byFit = page('fit = ?', 'sort_name, id');
const byWord = page("(' ' || search_text) LIKE '% ' || ? || '%'", 'last_activity_at DESC, id DESC');
const updates = {
  prospect: database.prepare('UPDATE prospect SET status = ?, status_at = ? WHERE id = ?'),
  small: database.prepare('UPDATE small SET status = ?, status_at = ? WHERE id = ?'),
};

const app = fastify();
app.get('/ready', () => 'ready');
for (const [table, update] of Object.entries(updates))
  app.post(`/${table}/:id/status`, (request) => {
    update.run(request.body.to, new Date().toISOString(), request.params.id);
    return { id: request.params.id, status: request.body.to };
  });
app.get('/clients/:id/prospects', ({ params: { id }, query: { status, fit, q } }) => ({
  items: status ? byStatus.all(id, status) : fit ? byFit.all(id, fit) : byWord.all(id, q),
}));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

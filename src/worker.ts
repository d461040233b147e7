import 'reflect-metadata';
import { loadConfig } from './config/config.js';
import { BadEnvironment } from './config/env-spec.js';
import { createServer } from './server.js';

/* `npm run worker`: the timetable as a process of its own, without a port. Start the web with WORKER=off beside it. */

try {
  const app = await createServer(loadConfig({ ...process.env, WORKER: 'on' }));
  await app.init();
  process.stdout.write('Carnet worker runs\n');
} catch (error) {
  process.stderr.write(
    `${error instanceof BadEnvironment ? error.message : String((error as Error).stack)}\n`,
  );
  process.exit(1);
}

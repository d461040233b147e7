import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { FirstRun } from './first-run.service.js';
import { loadConfig } from './config/config.js';
import { BadEnvironment } from './config/env-spec.js';
import { createServer } from './server.js';

// Unasked, V8 lets what a long import leaves behind grow to several times what is alive before it clears it away.
setFlagsFromString('--heap-growing-percent=25');

try {
  const config = loadConfig();
  const app = await createServer(config);
  await app.get(FirstRun).foundFromEnvironment();
  await app.listen(config.port, config.host);
  process.stdout.write(`Carnet listens on ${config.baseUrl}\n`);
} catch (error) {
  process.stderr.write(
    `${error instanceof BadEnvironment ? error.message : String((error as Error).stack)}\n`,
  );
  process.exit(1);
}

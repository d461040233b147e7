import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from './config/config.js';
import { createServer } from './server.js';

/** Runs a command on the application without opening a port; its error is one clear line and exit code 1. */
export async function withoutListening(work: (app: NestFastifyApplication) => Promise<void>): Promise<void> {
  try {
    const app = await createServer(loadConfig({ ...process.env, WORKER: 'off', LOG_LEVEL: 'error' }));
    await app.init();
    try {
      await work(app);
    } finally {
      await app.close();
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

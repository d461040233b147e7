import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Config } from './config/config.js';

/** What a supervisor reads at `/metrics`: the process itself, the room left for it, and how long answers take, by route pattern. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly answers = new Histogram({
    name: 'carnet_http_answer_seconds',
    help: 'Seconds from request to answer, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor({ dataDir }: Config) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'carnet_data_free_bytes',
      help: 'Bytes Carnet may still write to the disk of DATA_DIR',
      registers: [this.registry],
      // A full disk does not make the program unready: what is kept can still be read.
      async collect() {
        const { bavail, bsize } = await statfs(dataDir);
        this.set(bavail * bsize);
      },
    });
  }

  /** Measures every answer of a server; an address that leads nowhere has no pattern of its own. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const status = String(reply.statusCode);
      this.answers.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
      done();
    });
  }
}

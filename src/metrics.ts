import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What a supervisor reads at `/metrics`: the process itself, and how long answers take, by route pattern. */
export class Metrics {
  readonly registry = new Registry();
  private readonly answers = new Histogram({
    name: 'carnet_http_answer_seconds',
    help: 'Seconds from request to answer, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
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

import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** How many requests this process is answering: work that can wait lets them go first. */
@Injectable()
export class OpenRequests {
  private open = 0;
  private readonly waiting = new Set<() => void>();

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (_request, reply, done) => {
      this.open += 1;
      // Once for each answer, given or broken off.
      reply.raw.once('close', () => this.left());
      done();
    });
  }

  /** Resolves once nobody waits for an answer; @param patienceMs after which it resolves all the same */
  async answered(patienceMs: number): Promise<void> {
    if (this.open === 0) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, patienceMs);
      this.waiting.add(go);
    });
  }

  private left(): void {
    this.open -= 1;
    if (this.open === 0) this.waiting.forEach((go) => go());
  }
}

import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** For how long requests are counted after somebody has asked, in milliseconds. */
const WATCHED = 1000;

/**
 * How many requests this process is answering: work that can wait lets them go first. Counted only while such work asks
 * again and again: a listener on every answer costs a quarter of the status updates (bench status, 16 at once).
 */
@Injectable()
export class OpenRequests {
  private open = 0;
  private watchedUntil = -Infinity;
  private readonly waiting = new Set<() => void>();

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (_request, reply, done) => {
      if (performance.now() > this.watchedUntil) {
        done();
        return;
      }
      this.open += 1;
      // Once for each answer, given or broken off.
      reply.raw.once('close', () => this.left());
      done();
    });
  }

  /** Resolves once nobody waits for an answer; @param patienceMs after which it resolves all the same */
  async answered(patienceMs: number): Promise<void> {
    this.watchedUntil = performance.now() + WATCHED;
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

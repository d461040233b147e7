import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isApi } from './actor.guard.js';
import { Idempotency } from './idempotency.service.js';

/**
 * `Idempotency-Key` on a POST: the first request claims the key, and what it is answered is kept (`keepAnswers`); the
 * same request again gets that answer and changes nothing. A guard behind the actor's, since a key is a person's.
 * @throws Replay
 */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  constructor(private readonly idempotency: Idempotency) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || typeof key !== 'string' || key === '' || !isApi(request)) return true;
    return this.idempotency.claim(request, key).then(() => true);
  }
}

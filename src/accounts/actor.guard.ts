import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { NotAllowed, NotSignedIn } from '../shared/errors.js';
import { AccessQueries } from './access.queries.js';
import type { Actor } from './actor.js';
import { ALLOWED, type Allowed } from './allow.decorator.js';

export const SESSION_COOKIE = 'carnet_session';

/**
 * The first thing every request meets. Pages know people by their cookie, the API by a bearer token and by nothing
 * else, so that no other site can make a browser act. A route that does not say whom it allows allows nobody.
 */
@Injectable()
export class ActorGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessQueries,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const allowed = this.reflector.getAllAndOverride<Allowed | undefined>(ALLOWED, [
      context.getHandler(),
      context.getClass(),
    ]);
    const actor = await actorBehind(request, this.access);
    if (actor !== null) request.actor = actor;
    if (allowed === 'public') return true;
    if (actor === null) throw new NotSignedIn();
    if (allowed === undefined || !allowed.includes(actor.role)) throw new NotAllowed();
    return true;
  }
}

/** Who a request comes from, by the way its address demands; null for nobody. */
export function actorBehind(request: FastifyRequest, access: AccessQueries): Promise<Actor | null> {
  const secret = isApi(request)
    ? /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    : request.cookies[SESSION_COOKIE];
  if (!secret) return Promise.resolve(null);
  return isApi(request) ? access.actorOfToken(secret) : access.actorOfSession(secret);
}

/** What programs call, with a token: the API, and the metrics. */
export function isApi(request: FastifyRequest): boolean {
  // The route that was found, since an address can be written in many ways; an address of none says what it looks like.
  const address = request.routeOptions.url ?? request.url;
  return address.startsWith('/api/') || address === '/metrics';
}

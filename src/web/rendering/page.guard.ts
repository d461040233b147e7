import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isApi } from '../../accounts/actor.guard.js';
import { isSame } from '../../accounts/secret-token.js';
import { NotAllowed } from '../../shared/errors.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    page?: Page;
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Behind the actor guard: makes the page of the request, and refuses a form that did not come from one of ours. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(private readonly pages: Pages) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (isApi(request) || isReaders(request)) return true;
    request.page = this.pages.of(request, http.getResponse<FastifyReply>());
    if (!SAFE.has(request.method)) this.refuseForeign(request, request.page.frame.csrf);
    return true;
  }

  private refuseForeign(request: FastifyRequest, expected: string): void {
    const body = request.body as Record<string, unknown> | null | undefined;
    const isUpload = (request.headers['content-type'] ?? '').startsWith('multipart/');
    // The fields of an upload are read as it streams, so its form carries the proof in its address.
    const inAddress = isUpload ? (request.query as Record<string, unknown>)['_csrf'] : undefined;
    const given = request.headers['x-csrf-token'] ?? body?.['_csrf'] ?? inAddress;
    if (typeof given !== 'string' || !isSame(given, expected)) throw new NotAllowed('csrf');
    if (body && typeof body === 'object') delete body['_csrf'];
  }
}

/** Pages for people who got a message of ours: they carry no cookie, and their mail program posts for them (RFC 8058). */
function isReaders(request: FastifyRequest): boolean {
  return request.url.startsWith('/u/');
}

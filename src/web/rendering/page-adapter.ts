import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { PageResponse } from './page-response.js';

type Reply = Parameters<FastifyAdapter['reply']>[0];

/**
 * Nest sets one status per route; a page's depends on what happened (200, 303, 422), so it carries its own. It leaves as
 * bytes: a text would be measured, and written into room for three times its length, on its way to the socket.
 */
export class PageAdapter extends FastifyAdapter {
  override reply(response: Reply, body: unknown, statusCode?: number): ReturnType<FastifyAdapter['reply']> {
    if (!(body instanceof PageResponse)) return super.reply(response, body, statusCode);
    return super.reply((response as FastifyReply).headers(body.headers), Buffer.from(body.body), body.status);
  }
}

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/** Scripts and styles are files of ours; charts are inline SVG with inline styles. */
const CONTENT_POLICY = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
};

/**
 * Every answer carries helmet's headers, and is kept by nobody unless its route says so: what it holds is of one person.
 * Nothing in them depends on the request, so helmet writes them once.
 */
export function secureAnswers(fastify: FastifyInstance, { isSecure }: { isSecure: boolean }): void {
  const headers = {
    ...headersOf({ contentSecurityPolicy: CONTENT_POLICY, hsts: isSecure }),
    'cache-control': 'private, no-store',
  };
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

function headersOf(options: HelmetOptions): Record<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error) throw error as Error;
  });
  return response.getHeaders() as Record<string, string>;
}

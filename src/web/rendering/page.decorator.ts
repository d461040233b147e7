import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Page } from './page.js';

/** The page of this request, as an argument of a page handler. */
export const CurrentPage = createParamDecorator((_: unknown, context: ExecutionContext): Page => {
  return context.switchToHttp().getRequest<FastifyRequest>().page!;
});

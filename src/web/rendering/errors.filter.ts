import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessQueries } from '../../accounts/access.queries.js';
import { actorBehind, isApi } from '../../accounts/actor.guard.js';
import { Replay } from '../../accounts/idempotency.service.js';
import { Outage } from '../../database/outage.js';
import { DomainError, IllegalMove, InvalidInput, TooMany } from '../../shared/errors.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { fieldTexts, problemText } from './problem-texts.js';
import { Translations } from './translations.service.js';

/** Domain name → status and the word the API says. */
const STATUSES: Record<string, [number, string]> = {
  NotSignedIn: [401, 'not_signed_in'],
  NotAllowed: [403, 'not_allowed'],
  NotFound: [404, 'not_found'],
  Conflict: [409, 'conflict'],
  IllegalMove: [409, 'illegal_move'],
  InvalidInput: [422, 'invalid_input'],
  TooMany: [429, 'too_many'],
};

const WORDS: Record<number, string> = {
  400: 'bad_request',
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'unsupported_media_type',
  422: 'invalid_input',
  429: 'too_many',
  503: 'unavailable',
  507: 'storage_full',
};

/** Statuses with a page of their own. */
const KNOWN = [403, 404, 409, 413, 422, 429, 503, 507];

/** Seconds after which a database that was away may be asked again. */
const AWAY_FOR = '5';

/** Where names become status codes: JSON for the API, a page for people. Nothing about our insides gets out. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  constructor(
    private readonly translations: Translations,
    private readonly pages: Pages,
    private readonly access: AccessQueries,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    if (error instanceof Replay) return replay(error, reply);
    const [status, word] = statusOf(error);
    if (status >= 500)
      this.logger.error({ err: error, method: request.method, route: request.routeOptions.url });
    if (status === 503) reply.header('retry-after', AWAY_FOR);
    if (error instanceof TooMany) reply.header('retry-after', String(error.retryAfterSeconds));
    if (isApi(request)) await reply.status(status).send(this.json(error, status, word));
    else await this.page(error, status, request, reply);
  }

  private json(error: unknown, status: number, word: string): object {
    if (!(error instanceof DomainError)) {
      return { error: word, message: status >= 500 ? ours(this.translations, status) : messageOf(error) };
    }
    return {
      error: word,
      message: problemText(this.translations, 'en', error),
      ...(error instanceof InvalidInput ? { fields: fieldTexts(this.translations, 'en', error) } : {}),
      ...(error instanceof IllegalMove ? { from: error.from, to: error.to, legal: error.legal } : {}),
    };
  }

  private async page(
    error: unknown,
    status: number,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const page = request.page ?? (await this.pageWithoutRoute(request, reply));
    if (status === 401 && request.headers['hx-request'] === 'true') {
      await reply.header('hx-redirect', '/sign-in').status(401).send('');
      return;
    }
    if (status === 401) {
      const next =
        request.method === 'GET' && request.url !== '/' ? `?next=${encodeURIComponent(request.url)}` : '';
      await reply.redirect(`/sign-in${next}`, 303);
      return;
    }
    const known = KNOWN.includes(status) ? status : status >= 500 ? 500 : 400;
    const text = error instanceof DomainError ? problemText(this.translations, page.locale, error) : null;
    const fields =
      error instanceof InvalidInput ? Object.entries(fieldTexts(this.translations, page.locale, error)) : [];
    const model = {
      title: page.t(`errors.page${known}.title`),
      advice: page.t(`errors.page${known}.advice`),
      text,
      status,
      fields,
    };
    const view = page.isFragment
      ? page.fragment('errors/inline', model, { status })
      : page.show('errors/error', model, { status });
    await reply.status(view.status).headers(view.headers).send(view.body);
  }

  /** An address that leads nowhere meets no guard: who asks is looked up here. */
  private async pageWithoutRoute(request: FastifyRequest, reply: FastifyReply): Promise<Page> {
    const actor = request.actor ?? (await actorBehind(request, this.access).catch(() => null));
    if (actor !== null) request.actor = actor;
    return this.pages.of(request, reply);
  }
}

/** What the first request under this key was answered, to the letter. */
async function replay({ status, answer }: Replay, reply: FastifyReply): Promise<void> {
  reply.status(status).header('idempotent-replayed', 'true');
  if (answer !== null) reply.type('application/json; charset=utf-8');
  await reply.send(answer ?? '');
}

function statusOf(error: unknown): [number, string] {
  if (error instanceof DomainError) return STATUSES[error.name] ?? [500, 'failed'];
  if (error instanceof Outage) return error.kind === 'full' ? [507, WORDS[507]!] : [503, WORDS[503]!];
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : ((error as { statusCode?: number }).statusCode ?? 500);
  return [status, WORDS[status] ?? (status >= 500 ? 'failed' : 'bad_request')];
}

/** What is not the caller's fault, and whether it may be tried again. */
function ours(translations: Translations, status: number): string {
  const page = KNOWN.includes(status) ? status : 500;
  const say = translations.in('en');
  return page === 500
    ? 'Something went wrong on our side.'
    : `${say(`errors.page${page}.title`)}. ${say(`errors.page${page}.advice`)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The request was not understood.';
}

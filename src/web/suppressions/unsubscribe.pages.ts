import { Controller, Get, Header, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Locale } from '../../accounts/actor.js';
import { Public } from '../../accounts/allow.decorator.js';
import { Clock } from '../../clock/clock.service.js';
import { OptOuts } from '../../sequences/replies/opt-outs.service.js';
import { NotFound } from '../../shared/errors.js';
import { PageResponse } from '../rendering/page-response.js';
import { Translations } from '../rendering/translations.service.js';
import { Views } from '../rendering/views.service.js';

/** A provider's machines unsubscribe for many people from one address; nobody guesses 128 bits at this pace. */
const KNOCKS = { rateLimit: { max: 120, timeWindow: 60_000 } };

/**
 * Where the link at the foot of a message leads (RFC 8058). Reading changes nothing, since scanners follow links; the
 * button, and the mail program's own, post. Neither a cookie nor a form token is asked for or given: the token in the
 * address is all a reader has.
 */
@Public()
@Controller('u')
export class UnsubscribePages {
  constructor(
    private readonly optOuts: OptOuts,
    private readonly views: Views,
    private readonly translations: Translations,
    private readonly clock: Clock,
  ) {}

  @RouteConfig(KNOCKS)
  @Header('cache-control', 'no-store')
  @Header('x-robots-tag', 'noindex')
  @Get(':token')
  ask(@Param('token') token: string, @Headers('accept-language') languages = ''): Promise<PageResponse> {
    return this.orUnknown(languages, async () => {
      const { locale } = await this.optOuts.look(token);
      return this.draw('unsubscribe/ask', locale, { action: `/u/${token}` });
    });
  }

  @RouteConfig(KNOCKS)
  @Header('cache-control', 'no-store')
  @HttpCode(200)
  @Post(':token')
  leave(@Param('token') token: string, @Headers('accept-language') languages = ''): Promise<PageResponse> {
    return this.orUnknown(languages, async () => {
      const { locale } = await this.optOuts.byLink(token, this.clock.now());
      return this.draw('unsubscribe/done', locale, {});
    });
  }

  /** A token that is none of ours gets one short answer, whatever is wrong with it. */
  private async orUnknown(languages: string, answer: () => Promise<PageResponse>): Promise<PageResponse> {
    try {
      return await answer();
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return this.draw('unsubscribe/unknown', /^\s*fr\b/i.test(languages) ? 'fr' : 'en', {}, 404);
    }
  }

  private draw(view: string, language: string, model: object, status = 200): PageResponse {
    const locale: Locale = language === 'en' ? 'en' : 'fr';
    const title = this.translations.in(locale)('unsubscribe.title');
    const page = { locale, title };
    const body = this.views.render(view, { ...model, title, page });
    return PageResponse.html(this.views.render('layouts/bare', { page, body }), status);
  }
}

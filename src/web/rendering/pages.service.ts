import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAgency, isManager, type Locale } from '../../accounts/actor.js';
import { newSecret, signed } from '../../accounts/secret-token.js';
import { Config } from '../../config/config.js';
import { navigationFor } from '../navigation.js';
import { userMenuFor } from '../user-menu.js';
import { Page } from './page.js';
import { Translations } from './translations.service.js';
import { Views } from './views.service.js';

/** Ties the forms of somebody who is not signed in to their browser. */
const ANONYMOUS_COOKIE = 'carnet_visitor';

/** Makes the page of a request. */
@Injectable()
export class Pages {
  constructor(
    private readonly views: Views,
    private readonly translations: Translations,
    private readonly config: Config,
  ) {}

  of(request: FastifyRequest, reply: FastifyReply): Page {
    const actor = request.actor ?? null;
    const locale = actor?.locale ?? this.asked(request);
    const path = request.url.split('?')[0]!;
    return new Page(this.views, this.translations, request, reply, {
      locale,
      otherLocale: locale === 'fr' ? 'en' : 'fr',
      theme: actor?.theme ?? null,
      csrf: signed(this.config.secretKey, 'csrf', actor?.sessionId ?? this.visitor(request, reply)),
      path,
      actor,
      isAgency: actor !== null && isAgency(actor),
      isManager: actor !== null && isManager(actor),
      isAdmin: actor?.role === 'admin',
      menu: userMenuFor(actor, locale, this.translations.in(locale)),
      nav: navigationFor(actor, path, this.translations.in(locale)),
    });
  }

  /** The first of our languages in the browser's list. */
  private asked(request: FastifyRequest): Locale {
    const chosen = request.cookies['carnet_locale'];
    if (chosen === 'fr' || chosen === 'en') return chosen;
    const found = /\b(fr|en)\b/i.exec(request.headers['accept-language'] ?? '')?.[1];
    return found?.toLowerCase() === 'fr' ? 'fr' : 'en';
  }

  private visitor(request: FastifyRequest, reply: FastifyReply): string {
    const known = request.cookies[ANONYMOUS_COOKIE];
    if (known) return known;
    const visitor = newSecret();
    reply.setCookie(ANONYMOUS_COOKIE, visitor, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.config.isSecure,
    });
    return visitor;
  }
}

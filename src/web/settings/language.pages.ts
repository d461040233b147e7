import { Body, Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../accounts/allow.decorator.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { isOwnPath } from '../sign-in/session-cookie.js';
import { LanguageForm } from './settings.dto.js';

const YEAR_SECONDS = 31_536_000;

/** The language of pages before anybody has signed in. */
@Public()
@Controller('language')
export class LanguagePages {
  @Post()
  choose(
    @CurrentPage() page: Page,
    @Body() { locale, next }: LanguageForm,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): PageResponse {
    reply.setCookie('carnet_locale', locale, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      maxAge: YEAR_SECONDS,
    });
    return page.redirect(isOwnPath(next) ? next : '/');
  }
}

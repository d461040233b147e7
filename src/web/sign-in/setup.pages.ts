import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../accounts/allow.decorator.js';
import { People } from '../../accounts/people.service.js';
import { Config } from '../../config/config.js';
import { NotFound } from '../../shared/errors.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { giveSession } from './session-cookie.js';
import { SetupForm } from './sign-in.dto.js';

/** The first visit: the agency and its first admin. Gone once there is an agency. */
@Public()
@Controller('setup')
export class SetupPages {
  constructor(
    private readonly people: People,
    private readonly config: Config,
  ) {}

  @Get()
  async form(@CurrentPage() page: Page): Promise<PageResponse> {
    if (await this.people.isFounded()) throw new NotFound();
    return this.draw(page, { values: { locale: page.locale }, errors: {}, problem: '' });
  }

  @Post()
  async found(
    @CurrentPage() page: Page,
    @Body() form: Form,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageResponse> {
    if (await this.people.isFounded()) throw new NotFound();
    return page.submit(
      SetupForm,
      form,
      async (input) => {
        const { sessionToken } = await this.people.found(input);
        giveSession(reply, sessionToken, this.config.isSecure);
        return page.redirect('/clients');
      },
      (refused, status) => this.draw(page, refused, status),
    );
  }

  private draw(page: Page, refused: Refused, status = 200): PageResponse {
    const model = {
      title: page.t('accounts.setup.title'),
      isFrench: refused.values['locale'] === 'fr',
      ...refused,
    };
    return page.show('accounts/setup', model, { status, layout: 'plain' });
  }
}

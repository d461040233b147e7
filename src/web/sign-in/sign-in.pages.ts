import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { AllowAll, CurrentActor, Public } from '../../accounts/allow.decorator.js';
import { People } from '../../accounts/people.service.js';
import { SignIn } from '../../accounts/sign-in.service.js';
import { Config } from '../../config/config.js';
import { InvitedPeople } from '../people/invited-person.queries.js';
import { homeOf } from '../navigation.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { giveSession, isOwnPath, takeSession } from './session-cookie.js';
import { NewPasswordForm, SignInForm } from './sign-in.dto.js';

/** Ten tries a minute from one address: people never notice, a guesser does. */
const TRIES = { rateLimit: { max: 10, timeWindow: 60_000 } };

@Controller()
export class SignInPages {
  constructor(
    private readonly signIn: SignIn,
    private readonly people: People,
    private readonly config: Config,
    private readonly invited: InvitedPeople,
  ) {}

  @Public()
  @Get()
  async front(@CurrentActor() actor: Actor | undefined, @CurrentPage() page: Page): Promise<PageResponse> {
    if (actor) return page.redirect(homeOf(actor));
    return page.redirect((await this.people.isFounded()) ? '/sign-in' : '/setup');
  }

  @Public()
  @Get('sign-in')
  form(@CurrentPage() page: Page, @Query('next') next?: string): PageResponse {
    return this.draw(page, { values: { next }, errors: {}, problem: '' });
  }

  @Public()
  @RouteConfig(TRIES)
  @Post('sign-in')
  enter(
    @CurrentPage() page: Page,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageResponse> {
    return page.submit(
      SignInForm,
      form,
      async ({ email, password, next }) => {
        giveSession(reply, await this.signIn.signIn(email, password, request.ip), this.config.isSecure);
        return page.redirect(isOwnPath(next) ? next : '/');
      },
      (refused, status) => this.draw(page, refused, status),
    );
  }

  @AllowAll()
  @Post('sign-out')
  async leave(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageResponse> {
    await this.signIn.signOut(actor);
    takeSession(reply);
    return page.redirect('/sign-in');
  }

  @Public()
  @Get('invitations/:secret')
  invitation(@CurrentPage() page: Page, @Param('secret') secret: string): Promise<PageResponse> {
    return this.drawInvitation(page, secret, { values: {}, errors: {}, problem: '' });
  }

  @Public()
  @RouteConfig(TRIES)
  @Post('invitations/:secret')
  accept(
    @CurrentPage() page: Page,
    @Param('secret') secret: string,
    @Body() form: Form,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageResponse> {
    return page.submit(
      NewPasswordForm,
      form,
      async ({ password }) => {
        giveSession(reply, await this.people.acceptInvitation(secret, password), this.config.isSecure);
        return page.redirect('/');
      },
      (refused, status) => this.drawInvitation(page, secret, refused, status),
    );
  }

  private draw(page: Page, refused: Refused, status = 200): PageResponse {
    return page.show(
      'accounts/sign-in',
      { title: page.t('accounts.signIn.title'), ...refused },
      { status, layout: 'plain' },
    );
  }

  private async drawInvitation(
    page: Page,
    secret: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const { name, email, agencyName, clientName } = await this.invited.behind(secret);
    const about = { name, agency: agencyName, client: clientName ?? '' };
    const model = {
      title: page.t('accounts.invitation.title'),
      secret,
      email,
      whose: page.t(`accounts.invitation.${clientName === null ? 'ofAgency' : 'ofClient'}`, about),
      ...refused,
    };
    return page.show('accounts/invitation', model, { status, layout: 'plain' });
  }
}

import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { AllowAll, CurrentActor } from '../../accounts/allow.decorator.js';
import { Profile } from '../../accounts/profile.service.js';
import { SignIn } from '../../accounts/sign-in.service.js';
import { Config } from '../../config/config.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { profileView } from './profile.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { giveSession, isOwnPath, takeSession } from '../sign-in/session-cookie.js';
import { LanguageForm, NameForm, PasswordForm, ThemeForm } from './settings.dto.js';

/** A guesser with an open browser gets no more tries than one at the door. */
const TRIES = { rateLimit: { max: 10, timeWindow: 60_000 } };

/** What people set for themselves: name, language, looks, password. */
@AllowAll()
@Controller('me')
export class ProfilePages {
  constructor(
    private readonly profile: Profile,
    private readonly signIn: SignIn,
    private readonly config: Config,
  ) {}

  @Get()
  show(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    return this.draw(actor, page, { ...NOTHING_REFUSED, values: { name: actor.name } });
  }

  @Post('name')
  rename(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      NameForm,
      form,
      async ({ name }) => {
        await this.profile.rename(actor, name);
        return page.redirect('/me', { key: 'settings.profile.saved' });
      },
      (refused, status) => this.draw(actor, page, refused, status),
    );
  }

  @Post('language')
  async speak(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Body() form: LanguageForm,
  ): Promise<PageResponse> {
    await this.profile.speak(actor, form.locale);
    return page.redirect(isOwnPath(form.next) ? form.next : '/me');
  }

  @Post('theme')
  async wear(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Body() form: ThemeForm,
  ): Promise<PageResponse> {
    await this.profile.wear(actor, form.theme === 'system' ? null : form.theme);
    return page.redirect(isOwnPath(form.next) ? form.next : '/me');
  }

  @RouteConfig(TRIES)
  @Post('password')
  changePassword(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Body() form: Form,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageResponse> {
    return page.submit(
      PasswordForm,
      form,
      async ({ current, password }) => {
        giveSession(reply, await this.profile.changePassword(actor, current, password), this.config.isSecure);
        return page.redirect('/me', { key: 'settings.profile.passwordChanged' });
      },
      (refused, status) => this.draw(actor, page, refused, status),
    );
  }

  @Post('sign-out-everywhere')
  async leaveEverywhere(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageResponse> {
    await this.signIn.signOutEverywhere(actor);
    takeSession(reply);
    return page.redirect('/sign-in');
  }

  private async draw(actor: Actor, page: Page, refused: Refused, status = 200): Promise<PageResponse> {
    // What was typed as a password never goes back into a page.
    const values: Form = { name: refused.values['name'] ?? actor.name };
    const model = profileView(page, await this.profile.emailOf(actor), { ...refused, values });
    return page.show('settings/profile', model, { status });
  }
}

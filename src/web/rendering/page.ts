import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Locale } from '../../accounts/actor.js';
import { DomainError, InvalidInput } from '../../shared/errors.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { type Formats, formatsIn } from './formats.js';
import { PageResponse } from './page-response.js';
import { fieldTexts, problemText } from './problem-texts.js';
import type { UserMenu } from '../user-menu.js';
import type { Params, Translate, Translations } from './translations.service.js';
import type { Views } from './views.service.js';

export type Form = Record<string, unknown>;

/** What the next page says at its top: a text of the locales, and perhaps a way to take the act back. */
export interface Flash {
  key: string;
  params?: Params;
  /** Address a POST to which undoes the act; offered for ten seconds. */
  undo?: string;
}

/** A form that was refused: what was typed, and what is wrong with it. */
export interface Refused {
  values: Form;
  /** Field path → sentence. */
  errors: Record<string, string>;
  /** The sentence for the whole form. */
  problem: string;
}

/** What a view is drawn from: plain, formatted, translated. */
export interface PageModel {
  title: string;
  [part: string]: unknown;
}

export const FLASH_COOKIE = 'carnet_flash';

/** What a sentence is made with: the texts and the formats of one language. */
export interface Speech {
  readonly t: Translate;
  readonly format: Formats;
}

/** One request for a page: who asks, in which language, and the ways to answer. */
export class Page implements Speech {
  readonly t: Translate;
  readonly format: Formats;

  constructor(
    private readonly views: Views,
    private readonly translations: Translations,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    readonly frame: PageFrame,
  ) {
    this.t = translations.in(frame.locale);
    this.format = formatsIn(frame.locale);
  }

  get locale(): Locale {
    return this.frame.locale;
  }

  /** Asked by htmx for a part of a page: not where it follows a link, nor where somebody goes back to a page it kept none of. */
  get isFragment(): boolean {
    const { headers } = this.request;
    const isWhole = headers['hx-boosted'] === 'true' || headers['hx-history-restore-request'] === 'true';
    return headers['hx-request'] === 'true' && !isWhole;
  }

  /** A whole page in its layout. */
  show<M extends { title: string }>(
    view: string,
    model: M,
    options: { status?: number; layout?: string } = {},
  ): PageResponse {
    const page = { ...this.frame, title: model.title, flash: this.takeFlash() };
    const body = this.views.render(view, { ...model, page });
    const html = this.views.render(`layouts/${options.layout ?? 'app'}`, { ...model, page, body });
    return PageResponse.html(html, options.status);
  }

  /** A part of a page, for htmx to put in place. */
  fragment(
    view: string,
    model: object,
    options: { status?: number; headers?: Record<string, string> } = {},
  ): PageResponse {
    const html = this.views.render(view, { ...model, page: this.frame });
    return PageResponse.html(html, options.status, options.headers);
  }

  /** On to another page (303), which shows the flash. */
  redirect(path: string, flash?: Flash): PageResponse {
    if (flash) this.leaveFlash(flash);
    return PageResponse.redirect(path);
  }

  /**
   * Reads a form into its DTO and acts. A refusal, of the input or of the domain, draws the same form again with what
   * was typed and the sentences at the fields: 422 for the input, 409 for the rest.
   */
  async submit<T extends object>(
    type: new () => T,
    form: Form,
    act: (input: T) => Promise<PageResponse>,
    redraw: (refused: Refused, status: number) => Promise<PageResponse> | PageResponse,
  ): Promise<PageResponse> {
    try {
      return await act(readInput(type, withoutBlanks(form)));
    } catch (error) {
      if (!(error instanceof DomainError) || error.name === 'NotFound' || error.name === 'NotAllowed')
        throw error;
      const status = error instanceof InvalidInput ? 422 : 409;
      return redraw(this.refused(form, error), status);
    }
  }

  refused(form: Form, error: DomainError): Refused {
    const errors = error instanceof InvalidInput ? fieldTexts(this.translations, this.locale, error) : {};
    return { values: form, errors, problem: problemText(this.translations, this.locale, error) };
  }

  private leaveFlash(flash: Flash): void {
    const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
    this.reply.setCookie(FLASH_COOKIE, value, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });
  }

  private takeFlash(): { text: string; undo?: string } | null {
    const cookie = this.request.cookies[FLASH_COOKIE];
    if (!cookie) return null;
    this.reply.clearCookie(FLASH_COOKIE, { path: '/' });
    try {
      const flash = JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8')) as Flash;
      return {
        text: this.t(flash.key, flash.params),
        ...(flash.undo?.startsWith('/') ? { undo: flash.undo } : {}),
      };
    } catch {
      return null;
    }
  }
}

/** What every layout knows. */
export interface PageFrame {
  locale: Locale;
  otherLocale: Locale;
  theme: 'light' | 'dark' | null;
  csrf: string;
  path: string;
  actor: Actor | null;
  isAgency: boolean;
  isManager: boolean;
  isAdmin: boolean;
  menu: UserMenu;
  nav: { href: string; label: string; icon: string; countHref?: string; isCurrent: boolean }[];
}

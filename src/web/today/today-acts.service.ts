import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Flash, Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { PanelForm } from './today.dto.js';
import { type Chosen, scopeOf, tabOf, TodayScreen } from './today-screen.service.js';

/** Every act on the person open in Today goes this way. */
@Injectable()
export class TodayActs {
  constructor(private readonly screen: TodayScreen) {}

  /** Does it, then shows the next person; a refusal shows the same person again, with what was typed still there. */
  act(
    page: Page,
    actor: Actor,
    form: Form,
    prospectId: string,
    deed: (input: PanelForm) => Promise<Flash>,
  ): Promise<PageResponse> {
    const here: Chosen = { item: prospectId, scope: scopeOf(form['of']), tab: tabOf(form['tab']) };
    return page.submit(
      PanelForm,
      form,
      async (input) => {
        const name = await this.screen.nameOf(actor, prospectId);
        const flash = await this.screen.alone(actor, prospectId, () => deed(input));
        const next: Chosen = { ...here, item: input.next ?? null };
        return this.screen.goOn(page, actor, next, { ...flash, params: { ...flash.params, name } });
      },
      (refused, status) => this.screen.draw(page, actor, here, { refused, status }),
    );
  }

  /** Undoes and shows the person again; too late says so. */
  takeBack(
    page: Page,
    actor: Actor,
    form: Form,
    undo: () => Promise<{ prospectId: string }>,
  ): Promise<PageResponse> {
    return this.screen.takeBack(page, actor, tabOf(form['tab']), undo);
  }
}

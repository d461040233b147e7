import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Answers } from '../../outreach/outgoing/answers.service.js';
import { InboxQueries } from '../../outreach/incoming/inbox.queries.js';
import { lastsForGood, Triage } from '../../sequences/replies/triage.service.js';
import { Conflict, InvalidInput } from '../../shared/errors.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { TodayActs } from '../today/today-acts.service.js';

/** Answers understood in place: one key per class, and on to the next person. */
@AllowAgency()
@Controller('today/replies')
export class ReplyPages {
  constructor(
    private readonly acts: TodayActs,
    private readonly inbox: InboxQueries,
    private readonly triage: Triage,
    private readonly answers: Answers,
  ) {}

  @Post(':id')
  settle(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.understand(page, actor, id, form);
  }

  /** The same with the class in the address, for buttons that carry a day or a person. */
  @Post(':id/as/:class')
  settleAs(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, class: said }: { id: string; class: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.understand(page, actor, id, { ...form, class: said });
  }

  /**
   * Writes back from the same mailbox, in the same thread; what the answer was is said along with it, where nobody has
   * said so yet. Understood first: a mail that could not be sent can be tried again.
   */
  @Post(':id/answer')
  async answer(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const { prospectId, state } = await this.inbox.one(actor, id);
    if (prospectId === null) throw new Conflict('inbox.nobodys');
    return this.acts.act(page, actor, form, prospectId, async ({ text, note, day, class: said }) => {
      if (!text?.trim()) throw new InvalidInput({ text: 'isNotEmpty' });
      if (state === 'to_triage' && form['class'] === '') throw new InvalidInput({ class: 'inbox.sayWhat' });
      const about = { ...(note ? { note } : {}), ...(day && said === 'later' ? { until: day } : {}) };
      if (state === 'to_triage' && said) await this.triage.settle(actor, id, { class: said, ...about });
      await this.answers.send(actor, id, { text });
      return { key: 'today.done.answered' };
    });
  }

  private async understand(page: Page, actor: Actor, id: string, form: Form): Promise<PageResponse> {
    const { prospectId } = await this.inbox.one(actor, id);
    if (prospectId === null) throw new Conflict('inbox.nobodys');
    return this.acts.act(page, actor, form, prospectId, async (input) => {
      const { class: said, note, until, day, time, referralName, referralEmail } = input;
      if (!said) throw new InvalidInput({ class: 'isNotEmpty' });
      const when = until ?? day;
      await this.triage.settle(actor, id, {
        class: said,
        ...(note ? { note } : {}),
        ...(when ? { until: when } : {}),
        ...(time ? { time } : {}),
        ...(referralName ? { referralName } : {}),
        ...(referralEmail ? { referralEmail } : {}),
      });
      const params = { class: page.t(`inbox.classes.${said}`) };
      return {
        key: 'today.done.reply',
        params,
        ...(lastsForGood(said) ? {} : { undo: `/today/undo/replies/${id}` }),
      };
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Clock } from '../clock/clock.service.js';
import { EnrolmentCare } from '../sequences/enrolment-care.service.js';
import { PanelFacts } from '../sequences/panel-facts.queries.js';
import { PanelQueries } from '../sequences/panel.queries.js';
import { type NextTask, TaskQueries } from '../sequences/tasks.queries.js';
import { type Queue, type QueueScope, TodayQueries } from '../sequences/today.queries.js';
import { DomainError, NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { Flash, Page, Refused } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';
import { itemHref, queueView } from './today-queue.view.js';
import { panelView } from './today-panel.view.js';

/** Who is open beside the queue, and whose queue it is. */
export interface Chosen {
  item: string | null;
  scope: QueueScope;
}

interface Answer {
  refused?: Refused;
  status?: number;
  flash?: Flash;
  /** The person chosen is the next in line: when they have left the queue, its first takes their place. */
  isNext?: boolean;
}

export function scopeOf(asked: unknown): QueueScope {
  return asked === 'team' ? 'team' : 'mine';
}

/** Draws Today: the whole page, or the two sides alone for htmx. */
@Injectable()
export class TodayScreen {
  constructor(
    private readonly today: TodayQueries,
    private readonly panels: PanelQueries,
    private readonly tasks: TaskQueries,
    private readonly facts: PanelFacts,
    private readonly care: EnrolmentCare,
    private readonly clock: Clock,
  ) {}

  async draw(page: Page, actor: Actor, chosen: Chosen, answer: Answer = {}): Promise<PageResponse> {
    const { refused, status, flash } = answer;
    const queue = await this.today.queue(actor, chosen.scope);
    const first = queue.items[0]?.prospectId ?? null;
    const isGone = answer.isNext === true && !queue.items.some((item) => item.prospectId === chosen.item);
    const open = isGone ? first : (chosen.item ?? first);
    const model = {
      title: page.t('today.title'),
      queue: queueView(page, queue, open, chosen.scope, this.clock.now()),
      panel: open === null ? null : await this.panel(page, actor, open, queue, chosen.scope),
      isChosen: chosen.item !== null,
      backHref: chosen.scope === 'team' ? '/today?of=team' : '/today',
      isTeam: chosen.scope === 'team',
      problem: refused && (Object.values(refused.errors)[0] ?? refused.problem),
      note: refused?.values['note'],
      toast: flash && { text: page.t(flash.key, flash.params), undo: flash.undo },
    };
    if (!page.isFragment) return page.show('today/today', model, status === undefined ? {} : { status });
    const headers = { 'hx-push-url': open === null ? model.backHref : itemHref(open, chosen.scope) };
    return page.fragment('today/answer', model, { headers, ...(status === undefined ? {} : { status }) });
  }

  /** To the next person, if they are still in the queue; else to the first. */
  async goOn(page: Page, actor: Actor, next: Chosen, flash: Flash): Promise<PageResponse> {
    if (page.isFragment) return this.draw(page, actor, next, { flash, isNext: true });
    return page.redirect(next.item ? itemHref(next.item, next.scope) : '/today', flash);
  }

  /** Undoes and shows the person again; too late says so. */
  async takeBack(
    page: Page,
    actor: Actor,
    undo: () => Promise<{ prospectId: string }>,
  ): Promise<PageResponse> {
    try {
      const { prospectId } = await undo();
      return await this.goOn(page, actor, { item: prospectId, scope: 'mine' }, { key: 'today.done.undone' });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      return this.draw(
        page,
        actor,
        { item: null, scope: 'mine' },
        { refused: page.refused({}, error), status: 409 },
      );
    }
  }

  async nameOf(actor: Actor, prospectId: string): Promise<string> {
    if (!isId(prospectId)) throw new NotFound();
    return (await this.panels.prospect(actor, prospectId)).fullName;
  }

  private async panel(
    page: Page,
    actor: Actor,
    id: string,
    queue: Queue,
    scope: QueueScope,
  ): Promise<object> {
    if (!isId(id)) throw new NotFound();
    const place = queue.items.findIndex((item) => item.prospectId === id);
    const next = queue.items[place + 1] ?? queue.items[place - 1] ?? null;
    return panelView(page, {
      prospect: await this.panels.prospect(actor, id),
      task: await this.nextTask(actor, id),
      facts: await this.facts.latest(actor, id),
      nextId: next?.prospectId ?? null,
      scope,
      now: this.clock.now(),
    });
  }

  /** A step that an opposition or a lost channel overtook is put right before it is shown. */
  private async nextTask(actor: Actor, prospectId: string): Promise<NextTask | null> {
    const task = await this.tasks.nextFor(actor, prospectId);
    if (!task?.isStale) return task;
    await this.care.settle(actor, task.enrolmentId);
    return this.tasks.nextFor(actor, prospectId);
  }
}

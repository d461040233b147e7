import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { type Holder, Leases } from '../../outreach/leases.service.js';
import {
  type Queue,
  type QueueItem,
  type QueueScope,
  TodayQueries,
} from '../../sequences/today/today.queries.js';
import { DomainError, NotFound } from '../../shared/errors.js';
import { isId, newId } from '../../shared/id.js';
import type { Flash, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { itemHref, paceLines, queueView } from './today-queue.view.js';
import { TodayPanel } from './today-panel.service.js';

/** Who is open beside the queue, whose queue it is, and in which browser tab. */
export interface Chosen {
  item: string | null;
  scope: QueueScope;
  tab: string;
}

interface Answer {
  refused?: Refused;
  status?: number;
  flash?: Flash;
  /** The person chosen is the next in line: when they have left the queue, its first takes their place. */
  isNext?: boolean;
}

/** Others may take the first free ones at the same moment: so many are tried. */
const TRIES = 4;

export function scopeOf(asked: unknown): QueueScope {
  return asked === 'team' ? 'team' : 'mine';
}

/** A tab names itself; without a script all tabs of a person are one. */
export function tabOf(named: unknown): string {
  return typeof named === 'string' && isId(named) ? named : '';
}

/** Draws Today: the whole page, or the two sides alone for htmx. */
@Injectable()
export class TodayScreen {
  constructor(
    private readonly today: TodayQueries,
    private readonly panel: TodayPanel,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  async draw(page: Page, actor: Actor, chosen: Chosen, answer: Answer = {}): Promise<PageResponse> {
    const { refused, status, flash } = answer;
    const { scope } = chosen;
    const queue = await this.today.queue(actor, scope);
    const held = await this.leases.heldByOthers(
      actor,
      queue.items.map(({ prospectId }) => prospectId),
    );
    const opened = await this.open(actor, chosen, queue, { held, isNext: answer.isNext === true });
    const open = opened?.id ?? null;
    const model = {
      title: page.t('today.title'),
      queue: queueView(page, queue, { open, scope, held, now: this.clock.now() }),
      paces: paceLines(page, queue),
      panel: opened && (await this.panel.of(page, actor, opened, queue)),
      isChosen: chosen.item !== null,
      backHref: scope === 'team' ? '/today?of=team' : '/today',
      overdueHref: scope === 'team' ? '/today/overdue?of=team' : '/today/overdue',
      isTeam: scope === 'team',
      problem: refused && (Object.values(refused.errors)[0] ?? refused.problem),
      note: refused?.values['note'],
      text: refused?.values['text'],
      toast: flash && { text: page.t(flash.key, flash.params), undo: flash.undo },
    };
    if (!page.isFragment) return page.show('today/today', model, status === undefined ? {} : { status });
    const headers = { 'hx-push-url': open === null ? model.backHref : itemHref(open, scope) };
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
    tab: string,
    undo: () => Promise<{ prospectId: string }>,
  ): Promise<PageResponse> {
    try {
      const since = newId();
      const { prospectId } = await undo();
      await this.panel.giveNoteBack(actor, prospectId, since);
      const back: Chosen = { item: prospectId, scope: 'mine', tab };
      return await this.goOn(page, actor, back, { key: 'today.done.undone' });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const here: Chosen = { item: null, scope: 'mine', tab };
      return this.draw(page, actor, here, { refused: page.refused({}, error), status: 409 });
    }
  }

  async nameOf(actor: Actor, prospectId: string): Promise<string> {
    if (!isId(prospectId)) throw new NotFound();
    return this.panel.nameOf(actor, prospectId);
  }

  /** Before an act: nobody else has the person open. After it, what was sent is no draft any more. */
  async alone<T>(actor: Actor, prospectId: string, act: () => Promise<T>): Promise<T> {
    await this.leases.requireFree(actor, prospectId);
    const done = await act();
    await this.panel.forgetDraft(actor, prospectId);
    return done;
  }

  /** The person to show, taken for this tab: the one chosen, whoever holds them; else the first whom nobody holds. */
  private async open(
    actor: Actor,
    chosen: Chosen,
    queue: Queue,
    { held, isNext }: { held: ReadonlyMap<string, Holder>; isNext: boolean },
  ) {
    const free = queue.items.filter(({ group, prospectId }) => group !== 'today' && !held.has(prospectId));
    const isGone = isNext && !free.some(({ prospectId }) => prospectId === chosen.item);
    const wanted =
      chosen.item !== null && !isGone ? [chosen.item] : free.slice(0, TRIES).map((item) => item.prospectId);
    const taken = await this.takeFirst(actor, wanted, chosen.tab);
    if (taken === null) return null;
    const { id, holder } = taken;
    const { scope } = chosen;
    return { id, nextId: nextOf(free, id, queue.items), scope, holder, now: this.clock.now() };
  }

  private async takeFirst(
    actor: Actor,
    wanted: readonly string[],
    tab: string,
  ): Promise<{ id: string; holder: Holder | null } | null> {
    let last: { id: string; holder: Holder } | null = null;
    for (const id of wanted) {
      const holder = await this.leases.take(actor, id, tab);
      if (holder.userId === actor.userId) return { id, holder: null };
      last = { id, holder };
    }
    return last;
  }
}

/** The one after this in the queue whom nobody holds, else the one before. */
function nextOf(free: readonly QueueItem[], id: string, all: readonly QueueItem[]): string | null {
  const place = all.findIndex((item) => item.prospectId === id);
  const isFree = new Set(free.map(({ prospectId }) => prospectId));
  const after = all.slice(place + 1).find(({ prospectId }) => isFree.has(prospectId));
  const before =
    place > 0
      ? all
          .slice(0, place)
          .reverse()
          .find(({ prospectId }) => isFree.has(prospectId))
      : null;
  return (after ?? before)?.prospectId ?? null;
}

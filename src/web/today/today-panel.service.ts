import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Holder } from '../../outreach/leases.service.js';
import { NoteDrafts } from '../../prospects/notes/note-drafts.service.js';
import { PanelFacts } from '../../sequences/today/panel-facts.queries.js';
import { PanelQueries } from '../../sequences/today/panel.queries.js';
import type { Queue, QueueScope } from '../../sequences/today/today.queries.js';
import { NextTasks } from './next-tasks.service.js';
import { PanelMails } from './panel-mails.service.js';
import type { Page } from '../rendering/page.js';
import { panelView } from './today-panel.view.js';

/** Who is opened beside the queue, and from where. */
export interface Opened {
  id: string;
  nextId: string | null;
  scope: QueueScope;
  holder: Holder | null;
  now: Date;
}

/** Reads everything the panel says of one person. */
@Injectable()
export class TodayPanel {
  constructor(
    private readonly panels: PanelQueries,
    private readonly tasks: NextTasks,
    private readonly facts: PanelFacts,
    private readonly mails: PanelMails,
    private readonly drafts: NoteDrafts,
  ) {}

  /** @throws NotFound for a prospect out of sight */
  async of(page: Page, actor: Actor, { id, ...opened }: Opened, queue: Queue): Promise<object> {
    const prospect = await this.panels.prospect(actor, id);
    return panelView(page, {
      prospect,
      task: await this.tasks.of(actor, id),
      company: await this.panels.waitingWith(prospect),
      facts: await this.facts.latest(actor, id),
      ...(await this.mails.of(actor, prospect)),
      draft: await this.drafts.of(actor, id),
      paces: queue.paces,
      agencyZone: queue.timeZone,
      ...opened,
    });
  }

  /** @throws NotFound */
  async nameOf(actor: Actor, prospectId: string): Promise<string> {
    return (await this.panels.prospect(actor, prospectId)).fullName;
  }

  /** An act taken back leaves what was written with it. */
  giveNoteBack(actor: Actor, prospectId: string, since: string): Promise<void> {
    return this.drafts.giveBack(actor, prospectId, since);
  }

  /** What is sent is no draft any more. */
  forgetDraft(actor: Actor, prospectId: string): Promise<void> {
    return this.drafts.forget(actor, prospectId);
  }
}

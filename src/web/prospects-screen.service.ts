import { Injectable } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Actor, isManager } from '../accounts/actor.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { BulkActs, type BulkResult } from '../prospects/bulk-acts.service.js';
import { MembersInput } from '../prospects/list.dto.js';
import { Lists } from '../prospects/lists.service.js';
import type { ProspectListQuery } from '../prospects/prospect-list.dto.js';
import { ProspectList } from '../prospects/prospect-list.queries.js';
import { InvalidInput } from '../shared/errors.js';
import { readInput, withoutBlanks } from '../shared/read-input.js';
import { clientFrame, type FrameAction } from './client-frame.view.js';
import { BULK_STATUSES, prospectsView } from './prospects-list.view.js';
import type { Form, Page } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';

const ACTS = ['status', 'owner', 'enlist', 'delist'] as const;

class BulkForm extends MembersInput {
  @IsIn(ACTS) act!: (typeof ACTS)[number];
  @IsOptional() @IsIn(BULK_STATUSES) to?: (typeof BULK_STATUSES)[number];
  @IsOptional() @IsString() @MaxLength(36) ownerId?: string;
  @IsOptional() @IsString() @MaxLength(36) listId?: string;
  @IsOptional() @IsString() @MaxLength(120) newList?: string;
  @IsOptional() @IsString() @MaxLength(36) openList?: string;
  @IsOptional() @IsString() @MaxLength(2000) back?: string;
}

/** The list of a client's prospects, drawn and acted upon. */
@Injectable()
export class ProspectsScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly prospects: ProspectList,
    private readonly lists: Lists,
    private readonly acts: BulkActs,
    private readonly clock: Clock,
  ) {}

  async draw(actor: Actor, page: Page, clientId: string, query: ProspectListQuery): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const [{ items, nextCursor }, counts, lists, team] = await Promise.all([
      this.prospects.page(actor, clientId, query),
      this.prospects.countsByStatus(actor, clientId),
      this.lists.of(actor, clientId),
      this.prospects.team(actor, clientId),
    ]);
    const base = `/clients/${clientId}/prospects`;
    const view = prospectsView(page, {
      ...{ base, query, items, nextCursor, counts, lists, team },
      now: this.clock.now(),
    });
    const title = page.t('clients.tabs.prospects');
    return page.show('prospects/index', {
      title: `${title} · ${client.name}`,
      frame: clientFrame(page, client, 'prospects', { count: view.total, actions: doors(page, clientId) }),
      home: `/clients/${clientId}`,
      mayRejudge: isManager(actor),
      ...view,
    });
  }

  async act(actor: Actor, page: Page, clientId: string, form: Form): Promise<PageResponse> {
    await this.clients.get(actor, clientId);
    const base = `/clients/${clientId}/prospects`;
    const { _csrf: _token, ...fields } = form;
    const input = readInput(BulkForm, withoutBlanks({ prospectIds: [], ...fields }));
    const back = input.back?.startsWith(`${base}?`) ? input.back : base;
    if (input.prospectIds.length === 0) return page.redirect(back, { key: 'prospects.flash.nobody' });
    const { done, left } = await this.carryOut(actor, clientId, input);
    return page.redirect(back, { key: `prospects.flash.${input.act}`, params: { done, left } });
  }

  private carryOut(actor: Actor, clientId: string, input: BulkForm): Promise<BulkResult> {
    const { act, prospectIds, to, ownerId, listId, newList, openList } = input;
    if (act === 'owner') return this.acts.assign(actor, clientId, prospectIds, ownerId ?? null);
    if (act === 'status') {
      if (to === undefined) throw new InvalidInput({ to: 'isNotEmpty' });
      return this.acts.move(actor, prospectIds, to);
    }
    if (act === 'delist') {
      if (openList === undefined) throw new InvalidInput({ listId: 'isNotEmpty' });
      return this.acts.delist(actor, openList, prospectIds);
    }
    if (newList) return this.acts.enlist(actor, clientId, prospectIds, { name: newList });
    if (listId === undefined) throw new InvalidInput({ listId: 'isNotEmpty' });
    return this.acts.enlist(actor, clientId, prospectIds, { id: listId });
  }
}

function doors(page: Page, clientId: string): FrameAction[] {
  const home = `/clients/${clientId}`;
  return [
    { href: `${home}/suppressions`, label: page.t('suppressions.short') },
    { href: `${home}/lists`, label: page.t('prospects.lists.title') },
    { href: `${home}/prospects/new`, label: page.t('prospects.new'), icon: 'plus' },
    { href: `${home}/imports`, label: page.t('prospects.import'), icon: 'upload', isPrimary: true },
  ];
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import type { BulkActInput } from '../../prospects/bulk-acts/bulk-act.dto.js';
import { BulkActQueries } from '../../prospects/bulk-acts/bulk-acts.queries.js';
import { BulkActs } from '../../prospects/bulk-acts/bulk-acts.service.js';
import { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { bulkActPage, bulkActRows } from './bulk-act.view.js';
import { BulkForm } from './bulk-form.dto.js';
import { BulkNameReads } from './bulk-names.queries.js';
import { clientFrame } from '../clients/client-frame.view.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** How long a request waits for an act, so that the next page shows its result; a longer one shows its progress. */
const PATIENCE_SECONDS = 2;

/** Acts on many, from the bar below a list to their result. */
@Injectable()
export class BulkScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly acts: BulkActs,
    private readonly queries: BulkActQueries,
    private readonly names: BulkNameReads,
  ) {}

  /**
   * Those ticked: at once, with an undo. Everybody found: counted first, on a page of its own; and so whoever is to be
   * enrolled, since a mail that has left is not taken back.
   */
  async act(actor: Actor, page: Page, clientId: string, form: Form): Promise<PageResponse> {
    await this.clients.get(actor, clientId);
    const base = `/clients/${clientId}/prospects`;
    const { _csrf: _token, ...fields } = form;
    const input = readInput(BulkForm, withoutBlanks({ prospectIds: [], ...fields }));
    const back = input.back?.startsWith(`${base}?`) ? input.back : base;
    if (input.everyone !== true && input.prospectIds.length === 0)
      return page.redirect(back, { key: 'prospects.flash.nobody' });
    const { id } = await this.acts.open(actor, clientId, orderOf(input, back));
    if (input.everyone === true || input.act === 'enrol') {
      await this.acts.settled(id, PATIENCE_SECONDS);
      return page.redirect(`/bulk-acts/${id}`);
    }
    await this.acts.start(actor, id);
    await this.acts.settled(id, PATIENCE_SECONDS);
    return this.told(actor, page, id, back);
  }

  async show(actor: Actor, page: Page, id: string, cursor?: string): Promise<PageResponse> {
    const act = await this.queries.get(actor, id);
    const client = await this.clients.get(actor, act.clientId);
    const isResting = !['counting', 'running', 'undoing'].includes(act.state);
    const left = isResting ? await this.queries.left(actor, id, cursor) : { items: [], nextCursor: null };
    const model = bulkActPage(page, actor, act, await this.names.of(actor, act.clientId), {
      ...left,
      zone: client.timeZone,
    });
    const frame = clientFrame(page, client, 'prospects', {
      heading: model.title,
      trail: [
        { href: `/clients/${client.id}/prospects`, label: page.t('clients.tabs.prospects') },
        { href: `/clients/${client.id}/bulk-acts`, label: page.t('bulk.title') },
      ],
    });
    return page.show('bulk-acts/show', { ...model, frame });
  }

  async list(actor: Actor, page: Page, clientId: string): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const title = page.t('bulk.title');
    const acts = await this.queries.latest(actor, clientId);
    const frame = clientFrame(page, client, 'prospects', {
      heading: title,
      lede: page.t('bulk.lede'),
      trail: [{ href: `/clients/${clientId}/prospects`, label: page.t('clients.tabs.prospects') }],
    });
    const rows = bulkActRows(page, acts, await this.names.of(actor, clientId), client.timeZone);
    return page.show('bulk-acts/index', {
      title,
      frame,
      rows,
      prospectsHref: `/clients/${clientId}/prospects`,
    });
  }

  async press(
    actor: Actor,
    page: Page,
    id: string,
    wish: 'start' | 'cancel' | 'undo',
  ): Promise<PageResponse> {
    await this.acts[wish](actor, id);
    await this.acts.settled(id, PATIENCE_SECONDS);
    return page.redirect(`/bulk-acts/${id}`);
  }

  /** What came of an act on those ticked, on the list it came from. */
  private async told(actor: Actor, page: Page, id: string, back: string): Promise<PageResponse> {
    const act = await this.queries.get(actor, id);
    if (act.state !== 'done') return page.redirect(`/bulk-acts/${id}`);
    return page.redirect(back, {
      key: `prospects.flash.${act.kind}`,
      params: { done: act.changed, left: act.total - act.changed },
      ...(act.changed > 0 ? { undo: `/bulk-acts/${id}/undo` } : {}),
    });
  }
}

function orderOf(input: BulkForm, back: string): BulkActInput {
  const { act: kind, everyone, prospectIds, to, ownerId, listId, newList, openList, reason } = input;
  const { sequenceId, formKey } = input;
  const query = Object.fromEntries(new URLSearchParams(back.split('?')[1] ?? ''));
  const filter = readInput(ProspectFilter, withoutBlanks(query), { isQuery: true });
  const order: BulkActInput = {
    kind,
    ...(everyone === true ? { filter } : { prospectIds }),
    ...(kind === 'status' && to !== undefined ? { to } : {}),
    ...(kind === 'owner' && ownerId !== undefined ? { ownerIds: [ownerId] } : {}),
    ...(kind === 'suppress' && reason !== undefined ? { reason } : {}),
    ...(kind === 'enrol' && sequenceId !== undefined ? { sequenceId } : {}),
    ...(kind === 'delist' && openList !== undefined ? { listId: openList } : {}),
    ...(kind === 'enlist' && newList !== undefined ? { newList } : {}),
    ...(kind === 'enlist' && newList === undefined && listId !== undefined ? { listId } : {}),
  };
  if (formKey !== undefined)
    order.clickKey = createHash('sha256')
      .update(JSON.stringify([formKey, order]))
      .digest('hex');
  return order;
}

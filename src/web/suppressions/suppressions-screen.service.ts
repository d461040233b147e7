import { Injectable } from '@nestjs/common';
import { type Actor, isManager } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { SUPPRESSED_CHANNELS, type SuppressionQuery } from '../../prospects/suppression/suppression.dto.js';
import { SUPPRESSION_KINDS } from '../../prospects/suppression/suppression.entity.js';
import {
  type SuppressionEntry,
  SuppressionLists,
} from '../../prospects/suppression/suppression-list.queries.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { errorSummary, fieldMaker } from '../form-field.view.js';
import { reasonText, suppressedText } from '../prospects/prospect-show.view.js';
import type { Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

const SOURCES = new Set(['manual', 'import', 'unsubscribe', 'status']);

/** Both lists of those who must not be contacted look the same; only their head and their reach differ. */
@Injectable()
export class SuppressionsScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly lists: SuppressionLists,
  ) {}

  address(clientId: string | null): string {
    return clientId === null ? '/settings/suppressions' : `/clients/${clientId}/suppressions`;
  }

  async draw(
    actor: Actor,
    page: Page,
    clientId: string | null,
    query: SuppressionQuery,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const client = clientId === null ? null : await this.clients.get(actor, clientId);
    const found = await (clientId === null
      ? this.lists.ofAgency(actor, query)
      : this.lists.ofClient(actor, clientId, query));
    const base = this.address(clientId);
    const title = page.t('suppressions.title');
    const model = {
      title: client === null ? title : `${title} · ${client.name}`,
      base,
      clientHead:
        client &&
        clientFrame(page, client, 'prospects', {
          heading: title,
          lede: page.t('suppressions.clientLede'),
          trail: [{ href: `/clients/${client.id}/prospects`, label: page.t('clients.tabs.prospects') }],
        }),
      agencyHead: client === null ? settingsFrame(page, 'suppressions') : null,
      q: query.q ?? '',
      mayLift: isManager(actor),
      entries: found.items.map((entry) => entryLine(page, base, entry, client?.timeZone ?? 'Europe/Paris')),
      nextHref: found.nextCursor === null ? null : nextAddress(base, query, found.nextCursor),
      firstHref: query.cursor === undefined ? null : base,
      ...entryForm(page, refused),
    };
    return page.show('suppressions/index', model, { status });
  }
}

function entryForm(page: Page, refused: Refused) {
  const make = fieldMaker(page, 'suppressions.fields', refused);
  const fields = {
    kind: make('kind', {
      type: 'select',
      isRequired: true,
      options: SUPPRESSION_KINDS.map((value) => ({ value, label: page.t(`suppressions.kinds.${value}`) })),
    }),
    value: make('value', { isRequired: true, hasHint: true }),
    reason: make('reason', { isRequired: true }),
  };
  const chosen = refused.values['channels'];
  const channels = SUPPRESSED_CHANNELS.map((value) => ({
    value,
    label: page.t(`suppressions.channels.${value}`),
    isChecked: Array.isArray(chosen) ? chosen.includes(value) : chosen === value,
  }));
  return {
    fields,
    channels,
    summary: errorSummary(refused, Object.values(fields)),
    isOpen: refused.problem !== '',
  };
}

function entryLine(page: Page, base: string, entry: SuppressionEntry, zone: string) {
  const { id, kind, value, channels, reason, source, createdByName, createdAt } = entry;
  return {
    value: suppressedText(kind, value),
    kind: page.t(`suppressions.kinds.${kind}`),
    channels:
      channels === null
        ? page.t('suppressions.everyChannel')
        : channels.map((one) => page.t(`suppressions.channels.${one}`)).join(', '),
    reason: reasonText(page, reason),
    source: page.t(`suppressions.sources.${SOURCES.has(source) ? source : 'other'}`),
    who: createdByName,
    when: page.format.date(createdAt, zone),
    at: createdAt.toISOString(),
    lift: `${base}/${id}/lift`,
  };
}

function nextAddress(base: string, { q, kind }: SuppressionQuery, cursor: string): string {
  const params = new URLSearchParams({ ...(q ? { q } : {}), ...(kind ? { kind } : {}), cursor });
  return `${base}?${params.toString()}`;
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import type { Client } from '../../clients/client.entity.js';
import type { Segment } from '../../icp/fit-summary.js';
import { Lists } from '../../prospects/lists/lists.service.js';
import { SavedFilters } from '../../prospects/lists/saved-filters.service.js';
import { IcpTrialQueries, type TrialNow } from '../../prospects/trial/icp-trials.queries.js';
import type { TrialRowsQuery } from '../../prospects/trial/trial.dto.js';
import { clientFrame, type ClientFrame } from '../clients/client-frame.view.js';
import { trialRowsView } from './icp-trial-rows.view.js';
import { trialView, versionName } from './icp-trial.view.js';
import type { TrialChoice } from './icp-trials.dto.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** The pages of ICPs at work. */
@Injectable()
export class IcpTrialsScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly trials: IcpTrialQueries,
    private readonly lists: Lists,
    private readonly filters: SavedFilters,
  ) {}

  async drawChoice(
    actor: Actor,
    page: Page,
    clientId: string,
    chosen: TrialChoice,
    refused: { problem: string; status: number } = { problem: '', status: 200 },
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const [running, versions, lists, filters] = await Promise.all([
      this.trials.running(actor, client.id),
      this.trials.versions(client.id),
      this.lists.of(actor, client.id),
      this.filters.of(actor, client.id),
    ]);
    const option = (id: string, text: string, chosenId: string | undefined) => ({
      id,
      text,
      isSelected: id === chosenId,
    });
    const model = {
      title: `${page.t('trials.title')} · ${client.name}`,
      frame: this.frame(page, client, page.t('trials.title'), page.t('trials.lede')),
      action: `/clients/${client.id}/icp-trials`,
      newIcpHref: page.frame.isManager ? `/clients/${client.id}/icps/new` : null,
      // That another runs is said beside the way to it.
      problem: (running === null && refused.problem) || null,
      running: running && { href: `/icp-trials/${running.id}`, name: versionName(page, running.version) },
      versions: versions.map((one) => option(one.id, versionName(page, one), chosen.version)),
      lists: lists.map(({ id, name }) => option(id, name, chosen.list)),
      filters: filters.map(({ id, name }) => option(id, name, chosen.segment)),
    };
    return page.show('icp-trials/index', model, { status: refused.status });
  }

  async drawTrial(actor: Actor, page: Page, trial: TrialNow, by: Segment): Promise<PageResponse> {
    const client = await this.clients.get(actor, trial.clientId);
    const scope = await this.scopeText(actor, page, trial);
    const model = {
      title: `${page.t('trials.title')} · ${client.name}`,
      frame: this.frame(page, client, page.t('trials.title'), null),
      clientHref: `/clients/${client.id}`,
      ...trialView(page, trial, { by, scope, zone: client.timeZone }),
    };
    return page.show('icp-trials/show', model);
  }

  async drawRows(actor: Actor, page: Page, id: string, query: TrialRowsQuery): Promise<PageResponse> {
    const found = await this.trials.rows(actor, id, query);
    const client = await this.clients.get(actor, found.trial.clientId);
    const { heading, ...view } = trialRowsView(page, found, query);
    const trail = [{ href: `/icp-trials/${id}`, label: page.t('trials.title') }];
    const frame = clientFrame(page, client, 'icps', { heading, count: found.total, trail });
    return page.show('icp-trials/rows', { title: heading, frame, back: `/icp-trials/${id}`, ...view });
  }

  private frame(page: Page, client: Client, heading: string, lede: string | null): ClientFrame {
    return clientFrame(page, client, 'icps', {
      heading,
      ...(lede === null ? {} : { lede }),
      trail: [{ href: `/clients/${client.id}/icps`, label: page.t('clients.tabs.icps') }],
    });
  }

  /** On whom it was tried, by the names of the list and the filter. */
  private async scopeText(actor: Actor, page: Page, { clientId, scope }: TrialNow): Promise<string> {
    const [lists, filters] = await Promise.all([
      this.lists.of(actor, clientId),
      this.filters.of(actor, clientId),
    ]);
    const parts = [
      lists.find(({ id }) => id === scope.list)?.name,
      filters.find(({ id }) => id === scope.segment)?.name,
      scope.status && page.t(`prospects.status.${scope.status}`),
      scope.fit && page.t(`prospects.fit.${scope.fit}`),
      scope.q && `“${scope.q}”`,
    ].filter(Boolean);
    return parts.length === 0 ? page.t('trials.everybody') : parts.join(' · ');
  }
}

import { Injectable } from '@nestjs/common';
import { type Actor, isManager } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { ProspectList } from '../../prospects/search/prospect-list.queries.js';
import { MergeQueries } from '../../prospects/merge/merges.queries.js';
import { type ProspectDetail, ProspectQueries } from '../../prospects/prospects.queries.js';
import { newId } from '../../shared/id.js';
import { ProspectContexts } from './prospect-context.queries.js';
import { mergesView } from './prospect-merges.view.js';
import { prospectForm } from './prospect-form.view.js';
import { prospectView } from './prospect-show.view.js';
import type { Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** A prospect's own page, drawn from what every room knows of them. */
@Injectable()
export class ProspectScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly prospects: ProspectQueries,
    private readonly list: ProspectList,
    private readonly contexts: ProspectContexts,
    private readonly merges: MergeQueries,
  ) {}

  find(actor: Actor, id: string): Promise<ProspectDetail> {
    return this.prospects.get(actor, id);
  }

  async draw(actor: Actor, page: Page, id: string, refused: Refused, status = 200): Promise<PageResponse> {
    const survivorId = await this.merges.survivorOf(actor, id);
    if (survivorId !== null) return page.redirect(`/prospects/${survivorId}`);
    const prospect = await this.prospects.get(actor, id);
    const [client, history, oppositions, lists, team, context] = await Promise.all([
      this.clients.get(actor, prospect.clientId),
      this.prospects.history(actor, id),
      this.prospects.oppositions(prospect),
      this.prospects.listsOf(prospect),
      this.list.team(actor, prospect.clientId),
      this.contexts.of(actor, prospect),
    ]);
    const offered = isManager(actor)
      ? team
      : team.filter(({ id: userId }) => userId === actor.userId || userId === prospect.ownerId);
    const view = prospectView(page, {
      ...{ prospect, history, oppositions, lists, context, refused },
      team: offered,
    });
    const home = `/clients/${client.id}`;
    return page.show(
      'prospects/show',
      {
        title: prospect.fullName,
        lede: [prospect.title, prospect.companyName].filter(Boolean).join(' · '),
        client: { name: client.name, home },
        isOff: client.switchedOffAt !== null,
        clickKey: newId(),
        bookHref: `/prospects/${id}/meetings/new`,
        mayLift: isManager(actor),
        merges: mergesView(page, await this.merges.standing(actor, id), prospect.clientTimeZone),
        ...view,
      },
      { status },
    );
  }

  drawForm(page: Page, prospect: ProspectDetail, refused: Refused, status = 200): PageResponse {
    const title = page.t('prospects.edit', { name: prospect.fullName });
    const home = `/prospects/${prospect.id}`;
    const client = { name: prospect.clientName, home: `/clients/${prospect.clientId}` };
    const model = { title, client, name: prospect.fullName, action: `${home}/edit`, cancel: home };
    const version = refused.values['version'] ?? prospect.version;
    return page.show('prospects/form', { ...model, version, ...prospectForm(page, refused) }, { status });
  }
}

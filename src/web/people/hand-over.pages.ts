import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { PeopleQueries } from '../../accounts/people.queries.js';
import { HandOverInput } from '../../prospects/ownership/hand-over.dto.js';
import { HandOvers } from '../../prospects/ownership/hand-overs.service.js';
import { errorSummary, NOTHING_REFUSED } from '../form-field.view.js';
import { heirChoices } from './heirs.view.js';
import { OpenTasks } from './open-tasks.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

const LIST = '/settings/people';

/** When somebody leaves: whose prospects go to whom. */
@Allow('admin')
@Controller('settings/people/:id/hand-over')
export class HandOverPages {
  constructor(
    private readonly people: PeopleQueries,
    private readonly handOvers: HandOvers,
    private readonly tasks: OpenTasks,
  ) {}

  @Get()
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.draw(actor, page, id, NOTHING_REFUSED);
  }

  @Post()
  hand(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      HandOverInput,
      form,
      async (input) => {
        const acts = await this.handOvers.hand(actor, id, input);
        if (acts.length === 1) return page.redirect(`/bulk-acts/${acts[0]!.id}`);
        return page.redirect(`${LIST}/${id}/hand-over`, { key: 'bulk.handOver.running' });
      },
      (refused, status) => this.draw(actor, page, id, refused, status),
    );
  }

  private async draw(
    actor: Actor,
    page: Page,
    id: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const person = await this.people.get(actor, id);
    const owned = await this.handOvers.owned(actor, id);
    const open = await this.tasks.of(id);
    const teams = await this.handOvers.heirs(
      owned.map(({ clientId }) => clientId),
      id,
    );
    const heirs = new Map([...teams.values()].flat().map((one) => [one.id, one.name]));
    const total = owned.reduce((sum, { prospects }) => sum + prospects, 0);
    const title = page.t('bulk.handOver.title', { name: person.name });
    const model = {
      title,
      frame: settingsFrame(page, 'people', {
        heading: title,
        trail: [
          { href: LIST, label: page.t('settings.people.title') },
          { href: `${LIST}/${id}`, label: person.name },
        ],
      }),
      action: `${LIST}/${id}/hand-over`,
      summary: errorSummary(refused, []),
      problem: Object.values(refused.errors)[0] ?? refused.problem,
      text: page.t(owned.length === 0 ? 'bulk.handOver.nothing' : 'bulk.handOver.owns', {
        name: person.name,
        n: total,
      }),
      clients: owned.map(({ clientId, clientName, prospects }) => ({
        id: clientId,
        name: clientName,
        href: `/clients/${clientId}/prospects?owner=${id}`,
        actsHref: `/clients/${clientId}/bulk-acts`,
        prospects: page.format.number(prospects),
        open: page.format.number(open.get(clientId) ?? 0),
        team: new Intl.ListFormat(page.locale).format((teams.get(clientId) ?? []).map((one) => one.name)),
      })),
      ...heirChoices(
        [...heirs].map(([heirId, name]) => ({ id: heirId, name })),
        refused,
      ),
    };
    return page.show('settings/hand-over', model, { status });
  }
}

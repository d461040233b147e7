import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { People } from '../../accounts/people.service.js';
import { type Person, PeopleQueries } from '../../accounts/people.queries.js';
import { Standing } from '../../accounts/standing.service.js';
import { Config } from '../../config/config.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { showInvitation } from './people.pages.js';
import { leavingView, personForm, personRow } from './people.view.js';
import { PersonWork } from './person-work.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { PersonForm } from '../settings/settings.dto.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

const LIST = '/settings/people';

/** One person: role, clients, way in, way out. */
@Allow('admin')
@Controller('settings/people/:id')
export class PersonPages {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly people: People,
    private readonly standing: Standing,
    private readonly work: PersonWork,
    private readonly config: Config,
  ) {}

  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const person = await this.queries.get(actor, id);
    return this.draw(actor, page, person, { ...NOTHING_REFUSED, values: { role: person.role } });
  }

  @Post()
  async change(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const person = await this.queries.get(actor, id);
    let asked: PersonForm | undefined;
    return page.submit(
      PersonForm,
      form,
      async (wanted) => {
        asked = wanted;
        const acts = await this.work.change(actor, person, wanted);
        return page.redirect(acts.length === 1 ? `/bulk-acts/${acts[0]!.id}` : LIST, {
          key: 'settings.people.flash.saved',
          params: { name: person.name },
        });
      },
      (refused, status) => this.draw(actor, page, person, refused, { status, asked }),
    );
  }

  @Post('disable')
  async disable(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const person = await this.queries.get(actor, id);
    const { name } = person;
    await this.standing.disable(actor, id);
    const isOwner = (await this.work.ownedBy(actor, person)) > 0;
    return page.redirect(isOwner ? `${LIST}/${id}/hand-over` : LIST, {
      key: 'settings.people.flash.disabled',
      params: { name },
      undo: `${LIST}/${id}/enable`,
    });
  }

  @Post('enable')
  async enable(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const { name } = await this.queries.get(actor, id);
    await this.standing.enable(actor, id);
    return page.redirect(LIST, { key: 'settings.people.flash.enabled', params: { name } });
  }

  /** A new link, for a lost one or a forgotten password; shown on this answer only. */
  @Post('invitation')
  async inviteAgain(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const { user, secret } = await this.people.renewInvitation(actor, id);
    return showInvitation(page, user, `${this.config.baseUrl}/invitations/${secret}`);
  }

  private async draw(
    actor: Actor,
    page: Page,
    person: Person,
    refused: Refused,
    { status = 200, asked }: { status?: number; asked?: PersonForm | undefined } = {},
  ): Promise<PageResponse> {
    const clients = await this.work.clients(actor);
    const owned = await this.work.ownedBy(actor, person);
    const leaving =
      asked && leavingView(page, person, await this.work.leftBehind(actor, person, asked), refused);
    const isYou = person.id === actor.userId;
    const model = {
      title: person.name,
      frame: settingsFrame(page, 'people', {
        heading: person.name,
        trail: [{ href: LIST, label: page.t('settings.people.title') }],
      }),
      home: `${LIST}/${person.id}`,
      person: personRow(page, clients, person),
      list: LIST,
      isYou,
      isAgency: person.role !== 'client',
      isDisabled: person.disabledAt !== null,
      canChange: !isYou,
      ownsText: owned === 0 ? null : page.t('bulk.handOver.owns', { name: person.name, n: owned }),
      ...personForm(page, clients, { ...person, clientIds: asked?.clientIds ?? person.clientIds }, refused),
      // The question says it all, at its place.
      ...(leaving ? { leaving, summary: null, ownsText: null } : {}),
    };
    return page.show('settings/person', model, { status });
  }
}

import { Body, Controller, Get, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { People } from '../../accounts/people.service.js';
import { PeopleQueries } from '../../accounts/people.queries.js';
import { Config } from '../../config/config.js';
import { InvalidInput } from '../../shared/errors.js';
import { ClientNames } from '../clients/client-names.queries.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { inviteForm, personRow } from './people.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { InviteForm } from '../settings/settings.dto.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

const LIST = '/settings/people';

/** Who may sign in, and the way in for somebody new. */
@Allow('admin')
@Controller('settings/people')
export class PeoplePages {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly people: People,
    private readonly clients: ClientNames,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const [people, clients] = await Promise.all([this.queries.list(actor), this.clients.inSight(actor)]);
    const frame = settingsFrame(page, 'people', {
      action: { href: `${LIST}/new`, label: page.t('settings.people.invite') },
    });
    const groups = [false, true].map((isTheirs) => ({
      label: page.t(isTheirs ? 'settings.people.theirs' : 'settings.people.ours'),
      people: people
        .filter((person) => (person.role === 'client') === isTheirs)
        .map((person) => personRow(page, clients, person)),
    }));
    const shown = groups.filter((group) => group.people.length > 0);
    return page.show('settings/people', { title: frame.heading, frame, groups: shown });
  }

  @Get('new')
  form(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const values = { role: 'sdr', locale: page.locale };
    return this.draw(actor, page, { ...NOTHING_REFUSED, values });
  }

  /** The link is shown on the answer to this very request, and nowhere else. */
  @Post()
  invite(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      InviteForm,
      form,
      async (input) => {
        await this.refuseUnknownClient(actor, input.clientId);
        const { user, secret } = await this.people.invite(actor, input);
        return showInvitation(page, user, `${this.config.baseUrl}/invitations/${secret}`);
      },
      (refused, status) => this.draw(actor, page, refused, status),
    );
  }

  private async refuseUnknownClient(actor: Actor, id: string | undefined): Promise<void> {
    if (id === undefined) return;
    const known = await this.clients.inSight(actor);
    if (!known.some((client) => client.id === id)) throw new InvalidInput({ clientId: 'isIn' });
  }

  private async draw(actor: Actor, page: Page, refused: Refused, status = 200): Promise<PageResponse> {
    const title = page.t('settings.people.invite');
    const model = {
      title,
      frame: settingsFrame(page, 'people', { heading: title, trail: trail(page) }),
      list: LIST,
      ...inviteForm(page, await this.clients.inSight(actor), refused),
    };
    return page.show('settings/invite', model, { status });
  }
}

/** The secret link, once: for the admin to pass on. */
export function showInvitation(
  page: Page,
  user: { name: string; email: string },
  link: string,
): PageResponse {
  const title = page.t('settings.people.link.title', { name: user.name });
  return page.show('settings/invitation-link', {
    title,
    frame: settingsFrame(page, 'people', { heading: title, trail: trail(page) }),
    list: LIST,
    email: user.email,
    link,
  });
}

function trail(page: Page): { href: string; label: string }[] {
  return [{ href: LIST, label: page.t('settings.people.title') }];
}

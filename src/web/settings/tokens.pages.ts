import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ApiTokenQueries } from '../../accounts/api-tokens.queries.js';
import { ApiTokens } from '../../accounts/api-tokens.service.js';
import { Clock } from '../../clock/clock.service.js';
import { ClientNames } from '../clients/client-names.queries.js';
import { errorSummary, fieldMaker, NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { TokenForm } from './settings.dto.js';
import { settingsFrame } from './settings-frame.view.js';

/** One's own API tokens. */
@AllowAgency()
@Controller('settings/tokens')
export class TokenPages {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly queries: ApiTokenQueries,
    private readonly clients: ClientNames,
    private readonly clock: Clock,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    return this.draw(actor, page, { refused: NOTHING_REFUSED });
  }

  /** The token is on the answer to this very request, and nowhere else. */
  @Post()
  issue(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      TokenForm,
      form,
      async ({ name, clientId }) => {
        const token = await this.tokens.issue(actor, name, clientId ?? null);
        return this.draw(actor, page, { refused: NOTHING_REFUSED, token });
      },
      (refused, status) => this.draw(actor, page, { refused, status }),
    );
  }

  @Post(':id/revoke')
  async revoke(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.tokens.revoke(actor, id);
    return page.redirect('/settings/tokens', { key: 'settings.tokens.revoked' });
  }

  private async draw(
    actor: Actor,
    page: Page,
    { refused, status, token }: { refused: Refused; status?: number; token?: string },
  ): Promise<PageResponse> {
    const [tokens, clients] = await Promise.all([this.queries.list(actor), this.clients.inSight(actor)]);
    const frame = settingsFrame(page, 'tokens');
    const make = fieldMaker(page, 'settings.tokens.fields', refused);
    const every = { value: '', label: page.t('settings.tokens.allClients') };
    const fields = {
      name: make('name', { isRequired: true, hasHint: true }),
      clientId: make('clientId', {
        type: 'select',
        options: [every, ...clients.map(({ id, name }) => ({ value: id, label: name }))],
      }),
    };
    const model = {
      title: frame.heading,
      frame,
      fields,
      summary: errorSummary(refused, Object.values(fields)),
      token: token ?? null,
      tokens: tokens.map(({ id, name, hint, clientId, createdAt }) => ({
        name,
        hint: `${hint}…`,
        client: clients.find((one) => one.id === clientId)?.name ?? every.label,
        created: page.format.relative(createdAt, this.clock.now()),
        revoke: `/settings/tokens/${id}/revoke`,
      })),
    };
    return page.show('settings/tokens', model, status === undefined ? {} : { status });
  }
}

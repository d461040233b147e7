import { Controller, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { ListInput } from '../../prospects/import/import.dto.js';
import { ImportUploads } from '../../prospects/import/import-uploads.service.js';
import { SuppressionImports } from '../../prospects/import/suppression-imports.service.js';
import { InvalidInput } from '../../shared/errors.js';
import { readInput } from '../../shared/read-input.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { listOutcome } from './import-suppressions.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

/** A list of oppositions as a file, for one client or for the agency: what became of it, line by line. */
@AllowAgency()
@Controller()
export class SuppressionImportPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly lists: SuppressionImports,
    private readonly uploads: ImportUploads,
  ) {}

  @Post('clients/:clientId/suppressions/import')
  forClient(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Req() request: FastifyRequest,
  ): Promise<PageResponse> {
    return this.bring(actor, page, clientId, request);
  }

  @Allow('admin', 'manager')
  @Post('settings/suppressions/import')
  forAgency(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Req() request: FastifyRequest,
  ): Promise<PageResponse> {
    return this.bring(actor, page, null, request);
  }

  private async bring(
    actor: Actor,
    page: Page,
    clientId: string | null,
    request: FastifyRequest,
  ): Promise<PageResponse> {
    await this.lists.welcome(actor, clientId);
    try {
      const { file, fields } = await this.uploads.take(request, 'list');
      try {
        const { reason } = readInput(ListInput, fields);
        const outcome = await this.lists.bring(actor, clientId, file, reason);
        return await this.draw(actor, page, clientId, listOutcome(page, outcome), 200);
      } finally {
        await this.uploads.forget(file);
      }
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const { errors, problem } = page.refused({}, error);
      return this.draw(actor, page, clientId, { refused: Object.values(errors)[0] ?? problem }, 422);
    }
  }

  private async draw(
    actor: Actor,
    page: Page,
    clientId: string | null,
    model: object,
    status: number,
  ): Promise<PageResponse> {
    const client = clientId === null ? null : await this.clients.get(actor, clientId);
    const title = page.t('imports.list.title');
    const base = clientId === null ? '/settings/suppressions' : `/clients/${clientId}/suppressions`;
    const clientHead =
      client &&
      clientFrame(page, client, 'prospects', {
        heading: title,
        trail: [{ href: base, label: page.t('suppressions.title') }],
      });
    const agencyHead = client === null ? settingsFrame(page, 'suppressions') : null;
    return page.show('imports/suppressions', { title, base, clientHead, agencyHead, ...model }, { status });
  }
}

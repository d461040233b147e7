import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { takesNewWork } from '../../clients/clients.policy.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { ImportInput, SheetChoice } from '../../prospects/import/import.dto.js';
import { ImportSheets } from '../../prospects/import/import-sheets.service.js';
import { ImportUploads } from '../../prospects/import/import-uploads.service.js';
import { ImportQueries } from '../../prospects/import/imports.queries.js';
import { Imports } from '../../prospects/import/imports.service.js';
import { InvalidInput } from '../../shared/errors.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { columnsInput, importColumns, importPreview, mappingIn } from './import-columns.view.js';
import { importHistory } from './import-outcome.view.js';
import { importPage } from './import-page.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** From a file on somebody's disk to prospects: upload, columns, counts, import, result. */
@AllowAgency()
@Controller()
export class ImportPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly imports: Imports,
    private readonly queries: ImportQueries,
    private readonly uploads: ImportUploads,
    private readonly sheets: ImportSheets,
  ) {}

  @Get('clients/:clientId/imports')
  list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    return this.drawList(actor, page, clientId, null, 200);
  }

  @Post('clients/:clientId/imports')
  async receive(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Req() request: FastifyRequest,
  ): Promise<PageResponse> {
    try {
      await this.imports.welcome(actor, clientId);
      const { file } = await this.uploads.take(request);
      const { id } = await this.imports.receive(actor, clientId, file, new ImportInput(), 'look');
      return page.redirect(`/imports/${id}`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return this.drawList(actor, page, clientId, page.refused({}, error), 422);
    }
  }

  @Get('imports/:id')
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query('step') step?: string,
  ): Promise<PageResponse> {
    return this.draw(actor, page, id, { isColumns: step === 'columns', refused: null });
  }

  /** The first rows through the columns as they are being chosen. */
  @Post('imports/:id/preview')
  async preview(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const one = await this.queries.get(actor, id);
    const { country } = await this.clients.get(actor, one.clientId);
    return page.fragment('imports/preview', importPreview(page, one, mappingIn(form, one.mapping), country));
  }

  /** Another sheet of the workbook. */
  @Post('imports/:id/sheet')
  chooseSheet(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      SheetChoice,
      form,
      async ({ sheet }) => {
        await this.sheets.choose(actor, id, sheet);
        return page.redirect(`/imports/${id}`);
      },
      (refused, status) => this.draw(actor, page, id, { isColumns: true, refused }, status),
    );
  }

  @Post('imports/:id/check')
  check(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      ImportInput,
      columnsInput(form),
      async (input) => {
        await this.imports.check(actor, id, input);
        return page.redirect(`/imports/${id}`);
      },
      (refused, status) =>
        this.draw(actor, page, id, { isColumns: true, refused: { ...refused, values: form } }, status),
    );
  }

  @Post('imports/:id/bring')
  bring(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return backTo(page, id, this.imports.bring(actor, id));
  }

  @Post('imports/:id/revert')
  revert(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return backTo(page, id, this.imports.revert(actor, id));
  }

  @Post('imports/:id/cancel')
  cancel(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return backTo(page, id, this.imports.cancel(actor, id));
  }

  @Post('imports/:id/forget-mapping')
  forgetMapping(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return backTo(page, id, this.imports.forgetMapping(actor, id), '?step=columns');
  }

  private async draw(
    actor: Actor,
    page: Page,
    id: string,
    state: { isColumns: boolean; refused: Refused | null },
    status = 200,
  ): Promise<PageResponse> {
    const one = await this.queries.get(actor, id);
    const client = await this.clients.get(actor, one.clientId);
    const isDraft =
      one.status === 'uploaded' ||
      (state.isColumns && one.status === 'checked') ||
      (one.status === 'failed' && one.isDryRun);
    const left = ['done', 'failed', 'cancelled', 'reverted'].includes(one.status)
      ? await this.queries.leftBehind(actor, id, 20)
      : { rejects: [], unread: [] };
    const team = await this.queries.owners(actor, client.id);
    const { country, timeZone } = client;
    const columns =
      isDraft || state.refused ? importColumns(page, one, { country, timeZone, team }, state.refused) : null;
    return page.show(
      'imports/show',
      {
        ...importPage(page, one, left, columns !== null),
        columns,
        frame: this.frame(page, client, one.fileName),
        title: one.fileName,
      },
      { status },
    );
  }

  private async drawList(
    actor: Actor,
    page: Page,
    clientId: string,
    refused: Refused | null,
    status: number,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const imports = await this.queries.list(actor, clientId);
    return page.show(
      'imports/index',
      {
        title: page.t('imports.title'),
        frame: clientFrame(page, client, 'prospects', {
          heading: page.t('imports.title'),
          lede: page.t('imports.lede'),
          trail: [{ href: `/clients/${client.id}/prospects`, label: page.t('clients.tabs.prospects') }],
        }),
        action: `/clients/${client.id}/imports?_csrf=${encodeURIComponent(page.frame.csrf)}`,
        canImport: takesNewWork(client),
        problem: refused === null ? null : (refused.errors['file'] ?? refused.problem),
        rows: importHistory(page, imports, client.timeZone),
      },
      { status },
    );
  }

  private frame(page: Page, client: Parameters<typeof clientFrame>[1], fileName: string) {
    return clientFrame(page, client, 'prospects', {
      heading: fileName,
      trail: [
        { href: `/clients/${client.id}/prospects`, label: page.t('clients.tabs.prospects') },
        { href: `/clients/${client.id}/imports`, label: page.t('imports.title') },
      ],
    });
  }
}

/** A button of the page of an import: done, then the page again. */
async function backTo(page: Page, id: string, done: Promise<unknown>, part = ''): Promise<PageResponse> {
  await done;
  return page.redirect(`/imports/${id}${part}`);
}

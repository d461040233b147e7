import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ProspectFileQuery } from '../../prospects/search/prospect-list.dto.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { ProspectFiles } from './prospect-files.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';

/** A filtered list as a file. Up here because its words are those of the pages. */
@AllowAgency()
@Controller('api/v1/clients/:clientId')
export class ProspectFilesController {
  constructor(private readonly files: ProspectFiles) {}

  @Get('prospects.csv')
  @ApiProduces('text/csv')
  csv(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: ProspectFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'csv', query);
  }

  @Get('prospects.xlsx')
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  xlsx(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: ProspectFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'xlsx', query);
  }
}

/** The same for a browser, in the language of the page. */
@AllowAgency()
@Controller('clients/:clientId')
export class ProspectFilePages {
  constructor(private readonly files: ProspectFiles) {}

  @Get('prospects.csv')
  csv(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() raw: Form,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'csv', queryOf(raw), page.locale);
  }

  @Get('prospects.xlsx')
  xlsx(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() raw: Form,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'xlsx', queryOf(raw), page.locale);
  }
}

function queryOf(raw: Form): ProspectFileQuery {
  // A spreadsheet opened from a browser takes a file without the mark for another alphabet.
  return Object.assign(readInput(ProspectFileQuery, withoutBlanks(raw), { isQuery: true }), { bom: true });
}

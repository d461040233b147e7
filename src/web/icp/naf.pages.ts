import { Controller, Get, Query } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { AllowAgency } from '../../accounts/allow.decorator.js';
import { searchNaf } from '../../icp/naf.js';
import { AsTrimmed } from '../../shared/input-fields.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

export class NafSearch {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(100) q?: string;
}

/** Looking up NAF codes by their words: beside the ICP form with a script, on a page of its own without. */
@AllowAgency()
@Controller('naf')
export class NafPages {
  @Get()
  search(@CurrentPage() page: Page, @Query() { q = '' }: NafSearch): PageResponse {
    const entries = searchNaf(q);
    const model = { title: page.t('icps.naf.title'), q, entries, isNone: q !== '' && entries.length === 0 };
    return page.isFragment ? page.fragment('icps/naf-results', model) : page.show('icps/naf', model);
  }
}

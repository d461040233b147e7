import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { releaseActs } from '../../sequences/enrolments/colleague-release.entity.js';
import { ColleagueReleases } from '../../sequences/enrolments/colleague-releases.service.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { NotFound } from '../../shared/errors.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { releaseFlash } from '../today/colleagues.view.js';
import { PanelForm } from '../today/today.dto.js';
import { waitingHref } from './enrolment.view.js';

/** The people of a sequence who wait since a colleague answered: those ticked go on, or are taken out. */
@AllowAgency()
@Controller('sequences/:id/colleagues')
export class SequenceColleaguesPages {
  constructor(
    private readonly releases: ColleagueReleases,
    private readonly queries: SequencesQueries,
  ) {}

  @Post(':act')
  async release(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, act: named }: { id: string; act: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    await this.queries.one(actor, id);
    const { enrolments = [] } = readInput(PanelForm, withoutBlanks(form));
    const act = releaseActs.find((known) => known === named);
    if (act === undefined) throw new NotFound();
    if (enrolments.length === 0) return page.redirect(waitingHref(id));
    const result = await this.releases.release(actor, act, enrolments);
    const flash = releaseFlash(page, act, result, (release) => `/sequences/${id}/colleagues/undo/${release}`);
    return page.redirect(waitingHref(id), flash);
  }

  @Post('undo/:release')
  async undo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, release }: { id: string; release: string },
  ): Promise<PageResponse> {
    const { undone } = await this.releases.undo(actor, release);
    return page.redirect(waitingHref(id), { key: 'colleagues.done.undone', params: { n: undone } });
  }
}

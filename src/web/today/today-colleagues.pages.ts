import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ProspectNotes } from '../../prospects/notes/prospect-notes.service.js';
import { releaseActs } from '../../sequences/enrolments/colleague-release.entity.js';
import { ColleagueReleases } from '../../sequences/enrolments/colleague-releases.service.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { releaseFlash } from './colleagues.view.js';
import { TodayActs } from './today-acts.service.js';

/** Colleagues who wait since somebody answered, let go on or taken out beside the person open. */
@AllowAgency()
@Controller('today')
export class TodayColleaguesPages {
  constructor(
    private readonly acts: TodayActs,
    private readonly releases: ColleagueReleases,
    private readonly notes: ProspectNotes,
  ) {}

  @Post('colleagues/:id/:act')
  release(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, act: named }: { id: string; act: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    const act = releaseActs.find((known) => known === named);
    if (act === undefined) throw new NotFound();
    return this.acts.act(page, actor, form, id, async ({ enrolments = [], note }) => {
      if (enrolments.length === 0) throw new InvalidInput({ enrolments: 'isNotEmpty' });
      // A note begun is kept: what is sent is no draft any more.
      if (note) await this.notes.add(actor, id, note);
      const result = await this.releases.release(actor, act, enrolments);
      return releaseFlash(page, act, result, (release) => `/today/undo/colleagues/${release}`);
    });
  }

  @Post('undo/colleagues/:id')
  undo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.acts.takeBack(page, actor, form, () => this.releases.undo(actor, id));
  }
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ColleagueReleases, type ReleaseResult } from './colleague-releases.service.js';
import { ReleaseInput } from './enrolment.dto.js';

/** People who wait because somebody of their company answered: several go on, or are taken out, at once. */
@AllowAgency()
@Controller('api/v1/colleague-releases')
export class ColleaguesController {
  constructor(private readonly releases: ColleagueReleases) {}

  @Post()
  @HttpCode(200)
  release(@CurrentActor() actor: Actor, @Body() { act, enrolmentIds }: ReleaseInput): Promise<ReleaseResult> {
    return this.releases.release(actor, act, enrolmentIds);
  }

  /** Those nothing has happened to since wait again. */
  @Post(':id/undo')
  @HttpCode(200)
  async undo(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ undone: number }> {
    const { undone } = await this.releases.undo(actor, id);
    return { undone };
  }
}

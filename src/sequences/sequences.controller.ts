import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import { htmlMessage } from './writing/message-html.js';
import { PreviewInput, SequenceChangeInput, SequenceInput } from './sequence.dto.js';
import { type SequenceOutput, toSequenceOutput } from './sequence-output.js';
import { Previews } from './writing/previews.queries.js';
import { SequencesQueries, type SequenceLine } from './sequences.queries.js';
import { Sequences } from './sequences.service.js';

@Controller('api/v1')
@AllowAgency()
export class SequencesController {
  constructor(
    private readonly sequences: Sequences,
    private readonly queries: SequencesQueries,
    private readonly previews: Previews,
  ) {}

  @Post('clients/:id/sequences')
  async create(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: SequenceInput,
  ): Promise<SequenceOutput> {
    return toSequenceOutput(await this.sequences.create(actor, id, input));
  }

  @Get('clients/:id/sequences')
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
  ): Promise<{ items: SequenceLine[]; nextCursor: null }> {
    return { items: await this.queries.list(actor, id), nextCursor: null };
  }

  @Get('sequences/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SequenceOutput> {
    return toSequenceOutput(await this.queries.one(actor, id));
  }

  @Put('sequences/:id')
  async saveSteps(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: SequenceChangeInput,
  ): Promise<SequenceOutput> {
    return toSequenceOutput(await this.sequences.saveSteps(actor, id, input));
  }

  @Post('sequences/:id/preview')
  @HttpCode(200)
  async preview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: PreviewInput,
  ): Promise<object> {
    const { sequence, version } = await this.queries.one(actor, id);
    const texts = version.steps.map((step) => step.variants[0]!);
    const { locale } = sequence;
    const wish = { texts, prospectId: input.prospectId, locale, notice: version.notice };
    const preview = await this.previews.render(actor, sequence.clientId, wish);
    return {
      prospectId: preview?.person.id ?? null,
      steps: (preview?.messages ?? []).map(({ subject, body, missing }, index) => ({
        stepId: version.steps[index]!.id,
        subject: subject?.text ?? null,
        body: body.text,
        html: body.text === null ? null : htmlMessage({ body: body.text, locale }),
        missing,
      })),
    };
  }
}

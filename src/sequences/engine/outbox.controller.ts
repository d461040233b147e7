import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { EnrolmentLines, type EnrolmentLine } from '../enrolments/enrolment-lines.queries.js';
import { MailConfirmation, OutboxQuery, WhyQuery } from './outbox.dto.js';
import { Outbox } from './outbox.queries.js';
import { SequencesQueries } from '../sequences.queries.js';
import { UncertainMails } from './uncertain-mails.service.js';
import type { WhyWaiting } from './why-waiting.js';
import { WhyWaitings } from './why-waiting.queries.js';

/** One person of a sequence, and why nothing goes out to them just now; null once it is over. */
type Standing = Omit<EnrolmentLine, 'steps'> & { why: WhyWaiting | null };

@Controller('api/v1')
@AllowAgency()
export class OutboxController {
  constructor(
    private readonly outbox: Outbox,
    private readonly lines: EnrolmentLines,
    private readonly sequences: SequencesQueries,
    private readonly whys: WhyWaitings,
    private readonly uncertain: UncertainMails,
  ) {}

  @Get('clients/:clientId/outbox')
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() { shelf, cursor, limit }: OutboxQuery,
  ): Promise<{ items: unknown[]; nextCursor: string | null }> {
    if (shelf !== 'waiting')
      return this.outbox.written(actor, clientId, { shelf, cursor, ...(limit ? { limit } : {}) });
    const items = await this.outbox.waiting(actor, clientId, limit);
    const whys = await this.whys.of(
      actor,
      clientId,
      items.map(({ enrolmentId }) => enrolmentId),
    );
    return { items: items.map((item) => ({ ...item, why: whys.get(item.enrolmentId) })), nextCursor: null };
  }

  @Get('sequences/:id/enrolments')
  async people(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { cursor, limit, state }: WhyQuery,
  ): Promise<{ items: Standing[]; nextCursor: string | null }> {
    const { sequence } = await this.sequences.one(actor, id);
    const { items, nextCursor } = await this.lines.list(actor, id, {
      cursor,
      state,
      ...(limit ? { limit } : {}),
    });
    const whys = await this.whys.of(
      actor,
      sequence.clientId,
      items.map((line) => line.id),
    );
    return {
      items: items.map(({ steps: _steps, ...line }) => ({ ...line, why: whys.get(line.id) ?? null })),
      nextCursor,
    };
  }

  @Post('outgoing-mails/:id/confirm')
  @HttpCode(200)
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { wasSent }: MailConfirmation,
  ): Promise<{ state: string }> {
    const { state } = await this.uncertain.confirm(actor, id, wasSent);
    return { state };
  }
}

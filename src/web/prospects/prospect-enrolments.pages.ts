import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { EnrolmentWithdrawal } from '../../sequences/enrolments/enrolment-withdrawal.service.js';
import { OneEnrolmentInput } from '../../sequences/enrolments/enrolment.dto.js';
import { Enrolments } from '../../sequences/enrolments/enrolments.service.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { reasonText } from '../sequences/enrolment.view.js';
import { ProspectScreen } from './prospect-screen.service.js';

/** One person put into a sequence from their own page, with the guard's answer. */
@AllowAgency()
@Controller('prospects/:id/enrolments')
export class ProspectEnrolmentPages {
  constructor(
    private readonly screen: ProspectScreen,
    private readonly enrolments: Enrolments,
    private readonly withdrawal: EnrolmentWithdrawal,
    private readonly sequences: SequencesQueries,
  ) {}

  @Post()
  enrol(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      OneEnrolmentInput,
      form,
      async ({ sequenceId }) => {
        const { fullName, clientTimeZone } = await this.screen.find(actor, id);
        const { sequence } = await this.sequences.one(actor, sequenceId);
        const names = { name: fullName, sequence: sequence.name };
        const { enrolmentId, skipped } = await this.enrolments.enrolOne(actor, sequenceId, id);
        if (enrolmentId !== null) {
          const undo = `/prospects/${id}/enrolments/${enrolmentId}/withdraw`;
          return page.redirect(`/prospects/${id}`, {
            key: 'sequences.enrolment.one.done',
            params: names,
            undo,
          });
        }
        const reason = reasonText(page, clientTimeZone, skipped);
        const problem = page.t('sequences.enrolment.one.refused', { ...names, reason });
        return this.screen.draw(actor, page, id, { values: form, errors: {}, problem }, 409);
      },
      (refused, status) => this.screen.draw(actor, page, id, refused, status),
    );
  }

  @Post(':enrolment/withdraw')
  async withdraw(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('enrolment') enrolmentId: string,
  ): Promise<PageResponse> {
    const { prospectId } = await this.withdrawal.withdraw(actor, enrolmentId);
    return page.redirect(`/prospects/${prospectId}`, { key: 'sequences.enrolment.one.withdrawn' });
  }
}

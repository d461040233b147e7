import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { EnrolmentInput, PauseInput, StepOutcomeInput } from './enrolment.dto.js';
import { EnrolmentCare } from './enrolment-care.service.js';
import { EnrolmentWithdrawal } from './enrolment-withdrawal.service.js';
import { type EnrolmentResult, Enrolments } from './enrolments.service.js';
import { StepOutcomes } from '../steps/step-outcomes.service.js';
import { StepUndo } from '../steps/step-undo.service.js';

@Controller('api/v1')
@AllowAgency()
export class EnrolmentsController {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly care: EnrolmentCare,
    private readonly withdrawal: EnrolmentWithdrawal,
    private readonly outcomes: StepOutcomes,
    private readonly undoing: StepUndo,
  ) {}

  @Post('sequences/:id/enrolments')
  @HttpCode(200)
  enrol(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: EnrolmentInput,
  ): Promise<EnrolmentResult> {
    return this.enrolments.enrolChosen(actor, id, input);
  }

  @Post('enrolments/:id/outcomes')
  async record(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: StepOutcomeInput,
  ): Promise<{ touchId: string }> {
    const touch = await this.outcomes.record(actor, id, input);
    return { touchId: touch.id };
  }

  /** Within ten seconds: a step is due again, an action logged by hand is gone. */
  @Post('touches/:id/undo')
  @HttpCode(200)
  undo(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ prospectId: string }> {
    return this.undoing.undo(actor, id);
  }

  @Post('enrolments/:id/pause')
  @HttpCode(200)
  async pause(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: PauseInput,
  ): Promise<{ state: string }> {
    const { state } = await this.care.pause(actor, id, input);
    return { state };
  }

  @Post('enrolments/:id/resume')
  @HttpCode(200)
  async resume(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ state: string }> {
    const { state } = await this.care.resume(actor, id);
    return { state };
  }

  @Post('enrolments/:id/remove')
  @HttpCode(200)
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ state: string }> {
    const { state } = await this.care.remove(actor, id);
    return { state };
  }

  /** As if it had not been, while no step has begun; unlike one removed, the person may be enrolled again. */
  @Post('enrolments/:id/withdraw')
  @HttpCode(200)
  async withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ prospectId: string }> {
    const { prospectId } = await this.withdrawal.withdraw(actor, id);
    return { prospectId };
  }
}

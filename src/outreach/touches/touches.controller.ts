import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { TouchInput } from './touch.dto.js';
import { Touches } from './touches.service.js';

@Controller('api/v1')
@AllowAgency()
export class TouchesController {
  constructor(private readonly touches: Touches) {}

  @Post('prospects/:id/touches')
  async log(
    @CurrentActor() actor: Actor,
    @Param('id') prospectId: string,
    @Body() input: TouchInput,
  ): Promise<object> {
    const { id, channel, kind, at, result, note } = await this.touches.log(actor, prospectId, input);
    return { id, prospectId, channel, kind, at, result, note };
  }
}

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { LeaveInput } from './team-leave.dto.js';
import { departureView } from './team-leave.view.js';
import { TeamLeaves } from './team-leaves.service.js';

/** Taking somebody off a client: what they own is shown first, and goes to somebody in the same act. */
@Allow('admin', 'manager')
@Controller('clients/:clientId/people/:userId/unassign')
export class TeamLeavePages {
  constructor(private readonly leaves: TeamLeaves) {}

  @Get()
  ask(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('userId') userId: string,
  ): Promise<PageResponse> {
    return this.draw(actor, page, clientId, userId, NOTHING_REFUSED);
  }

  @Post()
  takeOff(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('userId') userId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      LeaveInput,
      form,
      async (input) => {
        const actId = await this.leaves.leave(actor, clientId, userId, input);
        // Managers may take themselves off: the page they came from is then out of their sight.
        const isOneself = userId === actor.userId && actor.role !== 'admin';
        const next = actId === null ? `/clients/${clientId}/contacts` : `/bulk-acts/${actId}`;
        return page.redirect(isOneself ? '/clients' : next, { key: 'contacts.flash.unassigned' });
      },
      (refused, status) => this.draw(actor, page, clientId, userId, refused, status),
    );
  }

  private async draw(
    actor: Actor,
    page: Page,
    clientId: string,
    userId: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const departure = await this.leaves.look(actor, clientId, userId);
    return page.show('contacts/leaving', departureView(page, departure, refused), { status });
  }
}

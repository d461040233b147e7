import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../accounts/actor.js';
import { AllowAgency, AllowAll, CurrentActor } from '../accounts/allow.decorator.js';
import { NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { Booking } from './booking.service.js';
import { calendarHeaders, Invitations } from './invitations.queries.js';
import { factJson, meetingJson } from './meeting-json.js';
import type { MeetingRow } from './meeting-row.js';
import {
  AcceptMeeting,
  BookMeeting,
  CancelMeeting,
  ClaimMeeting,
  ContestMeeting,
  HoldMeeting,
  MarkNoShow,
  MeetingFilter,
  RescheduleMeeting,
} from './meeting.dto.js';
import { MeetingQueries } from './meeting.queries.js';
import { Outcomes } from './outcomes.service.js';
import { Qualification } from './qualification.service.js';
import { Rescheduling } from './rescheduling.service.js';
import { TimeDoubts } from './time-doubts.queries.js';

/** The answer of a time that was fixed. */
const WITH_DOUBTS = {
  description:
    'The meeting. A time the guest may find unusual is kept as it was asked for; `doubts` says why a person would have been asked first, and is empty for a usual one.',
  schema: {
    type: 'object',
    properties: {
      doubts: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'message'],
          properties: {
            code: { type: 'string', enum: ['hours', 'weekend', 'holiday'] },
            message: { type: 'string', description: 'In English, with the guest’s own time.' },
          },
        },
      },
    },
  },
};

@ApiTags('meetings')
@Controller('api/v1')
export class MeetingsController {
  constructor(
    private readonly queries: MeetingQueries,
    private readonly booking: Booking,
    private readonly rescheduling: Rescheduling,
    private readonly invitations: Invitations,
    private readonly doubts: TimeDoubts,
  ) {}

  @ApiCreatedResponse(WITH_DOUBTS)
  @AllowAgency()
  @Post('prospects/:id/meetings')
  async book(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: BookMeeting) {
    return this.withDoubts(actor, await this.booking.book(actor, known(id), input));
  }

  @AllowAll()
  @Get('clients/:id/meetings')
  async ofClient(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: MeetingFilter) {
    const zone = await this.queries.zoneOf(actor, known(id));
    const page = await this.queries.list(actor, filter, { clientId: id, zone });
    return { items: page.items.map((meeting) => meetingJson(actor, meeting)), nextCursor: page.nextCursor };
  }

  @AllowAll()
  @Get('meetings/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string) {
    const meeting = await this.queries.meeting(actor, known(id));
    const history = await this.queries.history(actor, meeting);
    return { ...meetingJson(actor, meeting), history: history.map((fact) => factJson(actor, fact)) };
  }

  /** Its headers are set once there is a file: an error is no calendar. */
  @AllowAll()
  @Get('meetings/:id/invitation.ics')
  async invitation(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const text = await this.invitations.text(actor, known(id));
    reply.headers(calendarHeaders);
    return text;
  }

  @ApiOkResponse(WITH_DOUBTS)
  @AllowAgency()
  @HttpCode(200)
  @Post('meetings/:id/reschedule')
  async reschedule(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: RescheduleMeeting) {
    return this.withDoubts(actor, await this.rescheduling.reschedule(actor, known(id), input));
  }

  private async withDoubts(actor: Actor, meeting: MeetingRow) {
    return { ...meetingJson(actor, meeting), doubts: await this.doubts.of(actor, meeting) };
  }
}

/** What became of a meeting, and what it was worth. */
@ApiTags('meetings')
@Controller('api/v1/meetings/:id')
export class MeetingOutcomesController {
  constructor(
    private readonly outcomes: Outcomes,
    private readonly qualification: Qualification,
  ) {}

  @AllowAgency()
  @HttpCode(200)
  @Post('hold')
  async hold(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: HoldMeeting) {
    return meetingJson(actor, await this.outcomes.hold(actor, known(id), input));
  }

  @AllowAgency()
  @HttpCode(200)
  @Post('no-show')
  async noShow(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: MarkNoShow) {
    return meetingJson(actor, await this.outcomes.markNoShow(actor, known(id), input));
  }

  @AllowAgency()
  @HttpCode(200)
  @Post('cancel')
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: CancelMeeting) {
    return meetingJson(actor, await this.outcomes.cancel(actor, known(id), input));
  }

  @AllowAgency()
  @HttpCode(200)
  @Post('claim')
  async claim(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: ClaimMeeting) {
    return meetingJson(actor, await this.qualification.claim(actor, known(id), input));
  }

  @AllowAll()
  @HttpCode(200)
  @Post('accept')
  async accept(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: AcceptMeeting) {
    return meetingJson(actor, await this.qualification.accept(actor, known(id), input));
  }

  @AllowAll()
  @HttpCode(200)
  @Post('contest')
  async contest(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: ContestMeeting) {
    return meetingJson(actor, await this.qualification.contest(actor, known(id), input));
  }
}

/** PostgreSQL refuses a text that is no id; for the caller there is simply no such meeting. */
function known(id: string): string {
  if (!isId(id)) throw new NotFound();
  return id;
}

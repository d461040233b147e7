import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, AllowAll, CurrentActor } from '../accounts/allow.decorator.js';
import { ApprovalInput, CommentInput, ReasonInput, RefusalInput } from './approval/approval.dto.js';
import { Approvals } from './approval/approvals.service.js';
import { SequenceLimitInput } from './sequence.dto.js';
import { SequenceCourse } from './sequence-course.service.js';
import type { Sequence } from './sequence.entity.js';
import { type CommentLine, SequenceStories } from './sequence-story.queries.js';

/** Where a sequence stands after an act. */
interface Moved {
  id: string;
  state: string;
  version: number;
  approvedVersion: number | null;
}

/** Submitting, approving, launching: what moves a sequence from its draft to the people it is for. */
@Controller('api/v1/sequences/:id')
export class SequenceActsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly course: SequenceCourse,
    private readonly stories: SequenceStories,
  ) {}

  /** Freezes the texts and the notice, and asks for the client's word. */
  @AllowAgency()
  @Post('submit')
  @HttpCode(200)
  submit(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Moved> {
    return told(this.approvals.submit(actor, id));
  }

  @AllowAgency()
  @Post('withdraw')
  @HttpCode(200)
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Moved> {
    return told(this.approvals.withdraw(actor, id));
  }

  /** The client's word; a manager's on its behalf needs a reason. */
  @AllowAll()
  @Post('approve')
  @HttpCode(200)
  approve(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: ApprovalInput,
  ): Promise<Moved> {
    return told(this.approvals.approve(actor, id, input));
  }

  @AllowAll()
  @Post('refuse')
  @HttpCode(200)
  refuse(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: RefusalInput): Promise<Moved> {
    return told(this.approvals.refuse(actor, id, input));
  }

  @Allow('admin', 'manager')
  @Post('launch')
  @HttpCode(200)
  launch(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Moved> {
    return told(this.course.launch(actor, id));
  }

  @AllowAgency()
  @Post('pause')
  @HttpCode(200)
  pause(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: ReasonInput): Promise<Moved> {
    return told(this.course.pause(actor, id, input.reason));
  }

  @AllowAgency()
  @Post('resume')
  @HttpCode(200)
  resume(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Moved> {
    return told(this.course.resume(actor, id));
  }

  /** How many of its mails may go in 24 h. */
  @AllowAgency()
  @Put('limit')
  async limit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { dailyCap = null }: SequenceLimitInput,
  ): Promise<Moved & { dailyCap: number | null }> {
    const act = this.course.limit(actor, id, dailyCap);
    return { ...(await told(act)), dailyCap: (await act).dailyCap };
  }

  @Allow('admin', 'manager')
  @Post('archive')
  @HttpCode(200)
  archive(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Moved> {
    return told(this.course.archive(actor, id));
  }

  @AllowAll()
  @Get('comments')
  async comments(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
  ): Promise<{ items: CommentLine[]; nextCursor: null }> {
    return { items: await this.stories.comments(actor, id), nextCursor: null };
  }

  @AllowAll()
  @Post('comments')
  async comment(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: CommentInput,
  ): Promise<{ id: string }> {
    const comment = await this.approvals.comment(actor, id, input);
    return { id: comment.id };
  }
}

async function told(act: Promise<Sequence>): Promise<Moved> {
  const { id, state, version, approvedVersion } = await act;
  return { id, state, version, approvedVersion };
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { requireNewWork } from '../../clients/clients.policy.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { Conflict, IllegalMove, InvalidInput, NotAllowed } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import type { ApprovalInput, CommentInput, RefusalInput, SeenText } from './approval.dto.js';
import { noticeFor } from '../writing/message-context.queries.js';
import { lackingNotice, withNotice } from '../writing/notice-block.js';
import { SequenceDiary } from '../sequence-diary.service.js';
import { Sequence, SequenceVersion } from '../sequence.entity.js';
import { SequenceComment } from '../sequence-event.entity.js';
import { lockForReader, lockSequence, type WrittenSequence } from '../sequence-loading.queries.js';
import { isAtWork, stateOfWriting } from '../sequence-states.js';
import { mayApprove, mayApproveOnBehalf } from '../sequences.policy.js';
import { sealOfVersion } from './text-seal.js';
import { VersionHolds } from './version-holds.service.js';

/** From the draft to the client's word: what was submitted is what is read, what was read is what is approved. */
@Injectable()
export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly diary: SequenceDiary,
    private readonly holds: VersionHolds,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput saying what the notice lacks; IllegalMove for a version that waits or is approved already */
  submit(actor: Actor, id: string): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const written = await lockSequence(tx, actor, id);
      const { sequence, version } = written;
      if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
      if (version.state !== 'draft' && version.state !== 'refused')
        throw new IllegalMove(version.state, 'submitted', []);
      const lacking = lackingNotice(version.steps);
      if (lacking.length > 0) throw new InvalidInput(noticeProblems(lacking), 'sequences.noticeLacking');
      const client = await tx.entities.findOneByOrFail(Client, { id: sequence.clientId });
      const notice = await noticeFor(tx, client, sequence.locale);
      const isNamed = version.steps.some(({ variants }) =>
        variants.some(({ body }) => body.includes('notice')),
      );
      if (notice.text === null && isNamed)
        throw new InvalidInput(
          Object.fromEntries(notice.gaps.map((gap) => [gap, 'sequences.noticeGap'])),
          'sequences.noticeGaps',
        );
      const now = this.clock.now();
      // What was approved once keeps its words for good: only an edit, which makes a new version, changes them.
      const words = version.approvedAt === null ? notice.text : version.notice;
      const submitted = { state: 'submitted', notice: words } as const;
      Object.assign(version, submitted, { submittedBy: actor.userId || null, submittedAt: now });
      await this.keep(tx, written);
      await this.diary.note(tx, actor, sequence, 'submitted');
      return sequence;
    });
  }

  /** Puts the notice at the end of the first message where it lacks: the one click beside the refusal. */
  insertNotice(actor: Actor, id: string): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const { sequence, version } = await lockSequence(tx, actor, id);
      if (version.submittedAt !== null) throw new Conflict('sequences.submittedAlready');
      version.steps = withNotice(version.steps);
      await tx.entities.save(SequenceVersion, version);
      await this.diary.note(tx, actor, sequence, 'edited');
      return sequence;
    });
  }

  /** Takes a submission back, or the approval of a sequence that nothing was done with yet: those who wait for it are held. */
  withdraw(actor: Actor, id: string): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const written = await lockSequence(tx, actor, id);
      const { sequence, version } = written;
      const isUndone = version.state === 'approved' && sequence.state === 'approved';
      if (version.state !== 'submitted' && !isUndone) throw new IllegalMove(version.state, 'draft', []);
      if (isUndone) sequence.approvedVersion = null;
      version.state = 'draft';
      await this.keep(tx, written);
      if (isUndone) await this.holds.hold(tx, version.id, 'not_approved');
      await this.diary.note(tx, actor, sequence, 'withdrawn');
      return sequence;
    });
  }

  /**
   * The client's word on the very texts they read; a manager may give it for them and says how it was had.
   * @throws Conflict when the texts that wait by now are others: a newer version, or another notice
   */
  approve(actor: Actor, id: string, input: ApprovalInput): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const written = await this.lockToAnswer(tx, actor, id, input);
      const { sequence, version } = written;
      const reason = wordOf(actor, input.reason);
      await this.keepComments(tx, actor, written, input.comments ?? []);
      const seal = sealOfVersion(written);
      Object.assign(version, {
        state: 'approved',
        approvedBy: actor.userId || null,
        approvedAt: this.clock.now(),
        approvedSeal: seal,
      });
      sequence.approvedVersion = version.version;
      await this.keep(tx, written);
      await this.holds.release(tx, version.id);
      const kind = actor.role === 'client' ? 'approved' : 'approved_on_behalf';
      await this.diary.note(tx, actor, sequence, kind, {
        version: version.version,
        reason,
        details: { seal },
      });
      return sequence;
    });
  }

  refuse(actor: Actor, id: string, input: RefusalInput): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const written = await this.lockToAnswer(tx, actor, id, input);
      const { sequence, version } = written;
      const reason = wordOf(actor, input.reason);
      if (!reason) throw new InvalidInput({ reason: 'isNotEmpty' });
      await this.keepComments(tx, actor, written, input.comments ?? []);
      version.state = 'refused';
      await this.keep(tx, written);
      const kind = actor.role === 'client' ? 'refused' : 'refused_on_behalf';
      await this.diary.note(tx, actor, sequence, kind, { version: version.version, reason });
      return sequence;
    });
  }

  async comment(actor: Actor, id: string, input: CommentInput): Promise<SequenceComment> {
    const [comment] = await this.commentAll(actor, id, [input]);
    return comment!;
  }

  /** All of them or none. */
  commentAll(actor: Actor, id: string, inputs: readonly CommentInput[]): Promise<SequenceComment[]> {
    return this.database.write(async (tx) => {
      const written = await lockForReader(tx, actor, id);
      await this.requireOpen(tx, written.sequence);
      return this.keepComments(tx, actor, written, inputs);
    });
  }

  private async keepComments(
    tx: Tx,
    actor: Actor,
    { sequence, version }: WrittenSequence,
    inputs: readonly CommentInput[],
  ): Promise<SequenceComment[]> {
    const isKnown = (stepId: string): boolean => version.steps.some((step) => step.id === stepId);
    if (inputs.some(({ stepId }) => stepId !== undefined && !isKnown(stepId)))
      throw new InvalidInput({ stepId: 'invalid' });
    const comments = inputs.map(({ stepId, text }) =>
      tx.entities.create(SequenceComment, {
        id: newId(),
        sequenceId: sequence.id,
        version: version.version,
        stepId: stepId ?? null,
        userId: actor.userId || null,
        at: this.clock.now(),
        text: text.trim(),
      }),
    );
    if (comments.length > 0) await tx.entities.insert(SequenceComment, comments);
    return comments;
  }

  private async lockToAnswer(tx: Tx, actor: Actor, id: string, seen: SeenText): Promise<WrittenSequence> {
    const written = await lockForReader(tx, actor, id);
    if (!mayApprove(actor)) throw new NotAllowed('sequences.managersOnly');
    await this.requireOpen(tx, written.sequence);
    const { version } = written;
    const isOther = seen.version !== undefined && seen.version !== version.version;
    if (isOther || (seen.seal !== undefined && seen.seal !== sealOfVersion(written)))
      throw new Conflict('sequences.textChanged');
    if (version.state !== 'submitted') throw new IllegalMove(version.state, 'approved', []);
    return written;
  }

  private async requireOpen(tx: Tx, sequence: Sequence): Promise<void> {
    if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
    requireNewWork(await tx.entities.findOneByOrFail(Client, { id: sequence.clientId }));
  }

  /** A sequence that is not at work yet stands where its newest version stands. */
  private async keep(tx: Tx, { sequence, version }: WrittenSequence): Promise<void> {
    if (!isAtWork(sequence.state) && version.version === sequence.version)
      sequence.state = stateOfWriting(version.state);
    await tx.entities.save(SequenceVersion, version);
    await tx.entities.save(Sequence, sequence);
  }
}

/** A client speaks for itself; whoever speaks for a client says how they know. @throws InvalidInput */
function wordOf(actor: Actor, said: string | undefined): string | null {
  const reason = said?.trim() || null;
  if (mayApproveOnBehalf(actor) && reason === null) throw new InvalidInput({ reason: 'sequences.sayHow' });
  return reason;
}

function noticeProblems(places: ReturnType<typeof lackingNotice>): Record<string, string> {
  return Object.fromEntries(
    places.map(({ step, variant }) => [`steps.${step}.variants.${variant}.body`, 'sequences.noticeMissing']),
  );
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text } from '../database/columns.js';
import { Prospect } from './prospect.entity.js';

/**
 * One fact about a prospect. Appended only: a correction is another fact, an undo names the fact it takes back.
 * All reports derive from these rows.
 */
@Entity()
@Index(['prospectId', 'at', 'id'])
@Index(['clientId', 'kind', 'at', 'channel', 'result'])
export class Activity {
  /** UUIDv7, in the order recorded. */
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE', isIndexed: false }) prospectId!: string;
  /** `prospect.created`, `status`, `note`, `touch`, `enrolment.started|paused|resumed|finished`, `meeting.<event>`, `merge`, `undo`. */
  @Choice() kind!: string;
  /** When it happened (may be before it was recorded). */
  @Instant() at!: Date;
  @Instant() recordedAt!: Date;
  /** Null: the system. */
  @LooseRef({ nullable: true }) userId!: string | null;
  /** The status before and after, for kind `status`. */
  @Choice({ nullable: true }) fromStatus!: string | null;
  @Choice({ nullable: true }) toStatus!: string | null;
  /** `email`, `linkedin_invite`, `linkedin_message`, `call`, `task`. */
  @Choice({ nullable: true }) channel!: string | null;
  /** The outcome of a touch (src/outreach/touches/outcomes.ts). */
  @Choice({ nullable: true }) result!: string | null;
  @Text({ nullable: true }) reason!: string | null;
  @Text({ nullable: true }) note!: string | null;
  /** The meeting, touch, enrolment or import this fact is about. */
  @LooseRef({ nullable: true }) aboutId!: string | null;
  /** The fact this one takes back; indexed, so that a report can leave out what was undone. */
  @Index({ where: 'undoes_id IS NOT NULL' })
  @Column('varchar', { length: 36, nullable: true })
  undoesId!: string | null;
  /** What else the kind needs: `until`, `sequenceId`, `stepId`, `engagementId`, `criteria` … */
  @Json({ nullable: true }) details!: Record<string, unknown> | null;
}

/** Prospects whose reports are out of date: written in the transaction of the fact, cleared by the projection. */
@Entity({ withoutRowid: true })
export class ActivityPending {
  @PrimaryColumn('varchar', { length: 36 }) prospectId!: string;
}

import { Entity, Index } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef, Text } from '../database/columns.js';

/** Who did what to what, and when. Appended only, with every act: no more indexes than its page reads by. */
@Entity({ withoutRowid: true })
@Index(['clientId', 'id'])
@Index(['at'], { where: "act = 'user.sign_in_failed'" })
export class AuditEntry {
  /** UUIDv7: sorted by time. */
  @Id() id!: string;
  @Instant() at!: Date;
  /** Null: the system itself. */
  @LooseRef({ nullable: true }) userId!: string | null;
  /** `client.opened`, `prospect.status`, `user.invited` … */
  @Choice() act!: string;
  @Choice() subjectType!: string;
  @LooseRef({ nullable: true }) subjectId!: string | null;
  @LooseRef({ nullable: true }) clientId!: string | null;
  /** What changed, small; no message texts, no secrets. */
  @Json({ nullable: true }) details!: Record<string, unknown> | null;
  /** The address it came from, for sign-ins only. */
  @Text({ nullable: true }) origin!: string | null;
}

import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Instant, LooseRef, Whole } from '../../database/columns.js';
import { Prospect } from '../../prospects/prospect.entity.js';

/** Only people who got that far are in the index of a stage: counting a period reads no others. */
const entered = (column: string): { where: string } => ({ where: `${column} IS NOT NULL` });

/**
 * How far one prospect came in one engagement: over all channels (`channel` = `all`) and once per channel that was
 * tried. Derived from the facts, rebuilt by `npm run rebuild`. A report reads nothing but these rows and its indexes.
 */
@Entity()
@Index([
  'clientId',
  'channel',
  'attemptedAt',
  'reached',
  'exits',
  'marks',
  'dials',
  'connects',
  'conversations',
  'sequenceId',
  'sdrId',
  'icpId',
])
@Index(['clientId', 'channel', 'sourcedAt'], entered('sourced_at'))
@Index(['clientId', 'channel', 'eligibleAt'], entered('eligible_at'))
@Index(['clientId', 'channel', 'enrolledAt'], entered('enrolled_at'))
@Index(['clientId', 'channel', 'contactedAt', 'sequenceId', 'sdrId', 'icpId'], entered('contacted_at'))
@Index(['clientId', 'channel', 'repliedAt'], entered('replied_at'))
@Index(['clientId', 'channel', 'interestedAt'], entered('interested_at'))
@Index(['clientId', 'channel', 'bookedAt'], entered('booked_at'))
@Index(['clientId', 'channel', 'heldAt'], entered('held_at'))
@Index(['clientId', 'channel', 'qualifiedAt'], entered('qualified_at'))
@Index(['clientId', 'channel', 'opportunityAt'], entered('opportunity_at'))
@Index(['clientId', 'channel', 'wonAt'], entered('won_at'))
@Index(['ripensAt'], entered('ripens_at'))
export class ProspectFunnel {
  @ForeignKey(() => Prospect, { onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { length: 36 })
  prospectId!: string;
  /** Empty text: no engagement covered it. */
  @PrimaryColumn('varchar', { length: 36 }) engagementId!: string;
  /** `all`, `email`, `linkedin`, `call`. */
  @PrimaryColumn('varchar', { length: 10 }) channel!: string;
  @LooseRef() clientId!: string;
  @Instant({ nullable: true }) sourcedAt!: Date | null;
  @Instant({ nullable: true }) eligibleAt!: Date | null;
  @Instant({ nullable: true }) enrolledAt!: Date | null;
  @Instant({ nullable: true }) attemptedAt!: Date | null;
  @Instant({ nullable: true }) contactedAt!: Date | null;
  @Instant({ nullable: true }) repliedAt!: Date | null;
  @Instant({ nullable: true }) interestedAt!: Date | null;
  @Instant({ nullable: true }) bookedAt!: Date | null;
  @Instant({ nullable: true }) heldAt!: Date | null;
  @Instant({ nullable: true }) qualifiedAt!: Date | null;
  @Instant({ nullable: true }) opportunityAt!: Date | null;
  @Instant({ nullable: true }) wonAt!: Date | null;
  /** Place of the furthest stage in `stages` (funnel.ts). */
  @Whole() reached!: number;
  /** Side exits, a bit each (side-exits.ts). */
  @Whole() exits!: number;
  /** What the denominators need to know, a bit each (marks.ts). */
  @Whole() marks!: number;
  @Whole() dials!: number;
  @Whole() connects!: number;
  @Whole() conversations!: number;
  /** The first sequence entered, who worked it first, the ICP it was judged against. */
  @LooseRef({ nullable: true }) sequenceId!: string | null;
  @LooseRef({ nullable: true }) sdrId!: string | null;
  @LooseRef({ nullable: true }) icpId!: string | null;
  /** When time alone changes this row (a mail that did not bounce, a cohort that matures); null = never. */
  @Instant({ nullable: true }) ripensAt!: Date | null;
}

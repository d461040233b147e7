import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Choice, Id, Instant, Json, LooseRef, Ref, Whole } from '../../database/columns.js';
import type { FitSummary } from '../../icp/fit-summary.js';
import { Prospect } from '../prospect.entity.js';
import type { ProspectFilter } from '../search/prospect-list.dto.js';

/** `running` → `done` | `failed`. */
export type TrialState = 'running' | 'done' | 'failed';

/** A client's prospects, or those of a list, judged by a version of an ICP without anything being stored with them. */
@Entity()
@Index(['clientId', 'icpVersionId', 'createdAt'])
export class IcpTrial {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  @LooseRef() icpVersionId!: string;
  /** Which of the client's prospects: empty for all of them. */
  @Json() scope!: ProspectFilter;
  @Choice() state!: TrialState;
  /** How many were there when it began. */
  @Whole() total!: number;
  @Whole({ initially: 0 }) judged!: number;
  @Json({ nullable: true }) summary!: FitSummary | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  /** When it last went on: one that stopped long ago was cut off. */
  @Instant() progressAt!: Date;
}

const segment = (): PropertyDecorator => Column('varchar', { length: 80, nullable: true });

/** How one prospect came out of a trial; the segments are those the summary counts by. */
@Entity()
@Index(['trialId', 'pattern', 'prospectId'])
export class IcpTrialRow {
  @ForeignKey(() => IcpTrial, { onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { length: 36 })
  trialId!: string;
  @Index()
  @ForeignKey(() => Prospect, { onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { length: 36 })
  prospectId!: string;
  @Choice() verdict!: string;
  /** The verdict stored with the prospect at that moment. */
  @Choice({ nullable: true }) before!: string | null;
  @Whole() score!: number;
  /** A letter per question asked (verdict-pattern.ts). */
  @Column('varchar', { length: 40 }) pattern!: string;
  @segment() industry!: string | null;
  @segment() headcount!: string | null;
  @segment() country!: string | null;
  @segment() region!: string | null;
  @segment() jobFunction!: string | null;
  @segment() seniority!: string | null;
}

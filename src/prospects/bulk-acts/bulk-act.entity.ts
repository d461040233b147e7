import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Choice, Id, Instant, Json, LooseRef, Ref, Whole } from '../../database/columns.js';
import type { BulkKind, BulkState, BulkTerms, RowBefore } from './bulk-act.js';
import type { ProspectFilter } from '../search/prospect-list.dto.js';

/**
 * One act on all the prospects a filter finds. They are written down first, person by person, with what would become of
 * each; once confirmed, the act goes through them in that order, and an undo goes back the same way.
 */
@Entity()
@Index(['clientId', 'id'])
@Index(['createdBy', 'clickKey'], { unique: true })
export class BulkAct {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  @Choice() kind!: BulkKind;
  /** What to do: the status, list, owners, reason or sequence. */
  @Json() terms!: BulkTerms;
  @Json() filter!: ProspectFilter;
  /** Made with the form: the second of two clicks finds the act of the first. */
  @Column('varchar', { length: 64, nullable: true })
  clickKey!: string | null;
  @Choice() state!: BulkState;
  /** How many were found. */
  @Whole({ initially: 0 }) total!: number;
  /** How many of them could be changed when they were counted. */
  @Whole({ initially: 0 }) able!: number;
  /** Rows dealt with, by the act or by its undo: where to go on after a crash. */
  @Whole({ initially: 0 }) position!: number;
  @Whole({ initially: 0 }) changed!: number;
  @Whole({ initially: 0 }) undone!: number;
  /** Reason → how many were left as they were: counted before, told after. */
  @Json({ nullable: true }) reasons!: Record<string, number> | null;
  /** Reason → how many an undo left as they are now. */
  @Json({ nullable: true }) keptReasons!: Record<string, number> | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  /** When rows were last dealt with: a run that stopped long ago is taken up again. */
  @Instant() progressAt!: Date;
  @Instant({ nullable: true }) finishedAt!: Date | null;
}

/** One person of a bulk act. */
@Entity()
@Index(['actId', 'outcome', 'position'])
export class BulkActRow {
  @PrimaryColumn('varchar', { length: 36 }) actId!: string;
  /** From 1, in the order of the list. */
  @PrimaryColumn('integer') position!: number;
  @LooseRef() prospectId!: string;
  /** `able` and `unable` as counted; then `done` or `skipped`; after an undo `undone` or `kept`. */
  @Choice() outcome!: 'able' | 'unable' | 'done' | 'skipped' | 'undone' | 'kept';
  @Choice({ nullable: true }) reason!: string | null;
  /** How the person stood before, or what more there is to say of the reason. */
  @Json({ nullable: true }) before!: RowBefore | null;
}

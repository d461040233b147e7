import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Instant, LooseRef } from '../database/columns.js';
import { Prospect } from '../prospects/prospect.entity.js';

/** Who has a prospect open just now: one person at a time, until they move on or their page falls silent. */
@Entity()
@Index(['userId', 'tab'])
export class Lease {
  @ForeignKey(() => Prospect, { onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { length: 36 })
  prospectId!: string;
  @LooseRef() userId!: string;
  /** Each browser tab holds one prospect. */
  @Column('varchar', { length: 36 }) tab!: string;
  @Instant() takenAt!: Date;
  @Instant() expiresAt!: Date;
}

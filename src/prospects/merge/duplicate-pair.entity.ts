import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Id, Instant, LooseRef, Ref, Whole } from '../../database/columns.js';
import { Prospect } from '../prospect.entity.js';

/** Two prospects of one client who may be one person; `firstId` sorts before `secondId`. */
@Entity()
@Index(['firstId', 'secondId'], { unique: true })
@Index(['clientId', 'dismissedAt', 'score', 'id'])
export class DuplicatePair {
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE', isIndexed: false }) firstId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) secondId!: string;
  /** 0–99, as `similar-people` gave it when the pair was found. */
  @Whole() score!: number;
  @Instant() foundAt!: Date;
  /** Somebody said that they are two people: never suggested again. */
  @Instant({ nullable: true }) dismissedAt!: Date | null;
  @LooseRef({ nullable: true }) dismissedBy!: string | null;
}

/** When the prospects of a client were last compared. */
@Entity()
export class DuplicateSearch {
  @ForeignKey(() => Client, { onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { length: 36 })
  clientId!: string;
  /** When the search began: what came later has not been compared. */
  @Instant({ nullable: true }) searchedAt!: Date | null;
  /** Null: no search is under way. One that has not moved for a minute was cut off. */
  @Instant({ nullable: true }) runningAt!: Date | null;
  @Whole({ initially: 0 }) prospects!: number;
}

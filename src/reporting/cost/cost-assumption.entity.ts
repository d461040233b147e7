import { Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text } from '../../database/columns.js';
import type { AssumptionValue } from './assumption-text.js';

/** One input of a client's cost comparison, with where it comes from. Appended: the latest per side and input counts. */
@Entity()
@Index(['clientId', 'side', 'input'])
export class CostAssumption {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  /** `agency`, `inHouse` or `both` (horizon, currency). */
  @Choice() side!: string;
  /** Name of the input as in `POST /cost-comparisons`. */
  @Choice() input!: string;
  /** Null only for a fee without a cap. */
  @Json({ nullable: true }) value!: AssumptionValue;
  @Text({ nullable: true }) source!: string | null;
  /** `hypothesis` until somebody confirms it. */
  @Choice({ initially: 'hypothesis' }) standing!: 'hypothesis' | 'confirmed';
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
}

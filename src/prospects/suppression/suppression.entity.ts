import { Column, Entity, Index } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef, Text } from '../../database/columns.js';

export const SUPPRESSION_KINDS = ['email', 'domain', 'phone', 'linkedin'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

const IN_FORCE = 'removed_at IS NULL';

/** Do not contact: for one client, or (clientId null) for the whole agency, future clients included. */
@Entity()
@Index(['kind', 'value'])
// Of two who enter the same value at once, one does: for every channel, and for the same channels.
@Index(['kind', 'value'], { unique: true, where: `${IN_FORCE} AND channels IS NULL AND client_id IS NULL` })
@Index(['clientId', 'kind', 'value'], {
  unique: true,
  where: `${IN_FORCE} AND channels IS NULL AND client_id IS NOT NULL`,
})
@Index(['kind', 'value', 'channels'], {
  unique: true,
  where: `${IN_FORCE} AND channels IS NOT NULL AND client_id IS NULL`,
})
@Index(['clientId', 'kind', 'value', 'channels'], {
  unique: true,
  where: `${IN_FORCE} AND channels IS NOT NULL AND client_id IS NOT NULL`,
})
@Index(['clientId', 'id'])
export class Suppression {
  @Id() id!: string;
  /** Null: the whole agency. */
  @LooseRef({ nullable: true }) clientId!: string | null;
  @Choice() kind!: SuppressionKind;
  /** Normalised; a domain may begin with `*.` to cover its subdomains. */
  @Column('varchar', { length: 400 })
  value!: string;
  /** Channels it covers; null = all. */
  @Json({ nullable: true }) channels!: string[] | null;
  @Text() reason!: string;
  /** `manual`, `import`, `unsubscribe`, `status` … */
  @Choice() source!: string;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) removedAt!: Date | null;
  @LooseRef({ nullable: true }) removedBy!: string | null;
  @Text({ nullable: true }) removedReason!: string | null;
}

import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LooseRef } from '../../database/columns.js';

/**
 * A key of somebody who was erased: a keyed hash, so that the person is refused when a file brings them again, and can
 * be read back from nothing here. One row a key.
 */
@Entity()
@Index(['digest', 'clientId'])
export class ErasedIdentity {
  @Id() id!: string;
  /** Null: erased for the whole agency. */
  @LooseRef({ nullable: true }) clientId!: string | null;
  /** HMAC-SHA-256 of the kind and the normalised value, hexadecimal. */
  @Column('varchar', { length: 64 })
  digest!: string;
  @Instant() erasedAt!: Date;
}

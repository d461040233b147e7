import { Column, Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Id, Instant, Json, LooseRef, Ref } from '../../database/columns.js';
import type { LabelMapping } from './remembered-mapping.js';

/** What somebody last made of the columns of a source, for one client: the next file of that source begins with it. */
@Entity()
@Index(['clientId', 'signature'], { unique: true })
export class ImportMapping {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  /** Which files it is for (`signatureOf`). */
  @Column('varchar', { length: 100 })
  signature!: string;
  @Json() mapping!: LabelMapping;
  @LooseRef({ nullable: true }) savedBy!: string | null;
  @Instant() savedAt!: Date;
}

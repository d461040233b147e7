import { Column, Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Id, Instant, Json, LooseRef, Ref, Text } from '../../database/columns.js';
import type { StoredFilter } from '../search/prospect-list.dto.js';

/** A filter kept under a name: whoever it finds today, it may not find tomorrow. */
@Entity()
@Index(['clientId', 'keptFor', 'nameKey'], { unique: true })
export class SavedFilter {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  /** The person who alone sees it; empty: everybody who works for the client does. */
  @Column('varchar', { length: 36 })
  keptFor!: string;
  @Text() name!: string;
  @Column('varchar', { length: 200 })
  nameKey!: string;
  @Json() filter!: StoredFilter;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
}

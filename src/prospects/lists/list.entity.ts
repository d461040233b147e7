import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Id, Instant, LooseRef, Ref, Text } from '../../database/columns.js';

/** A named set of a client's prospects. */
@Entity()
@Index(['clientId', 'nameKey'], { unique: true })
export class List {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  @Text() name!: string;
  /** The folded name: two lists of one client cannot be told apart by an accent alone. */
  @Column('varchar', { length: 200 })
  nameKey!: string;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
}

@Entity()
export class ListMember {
  @PrimaryColumn('varchar', { length: 36 }) listId!: string;
  @Index()
  @PrimaryColumn('varchar', { length: 36 })
  prospectId!: string;
}

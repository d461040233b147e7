import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Id, Instant, LooseRef, Ref, Text } from '../database/columns.js';

/** A named set of a client's prospects. */
@Entity()
export class List {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @Text() name!: string;
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

import { Column, Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Id, Instant, Json, LooseRef, Ref, Text } from '../../database/columns.js';
import type { KeyKind } from '../import/identity-keys.js';
import { Prospect } from '../prospect.entity.js';
import type { MergeImage } from './merge-image.js';

/** Two prospects who were one person: the survivor kept its id, the other's leads to it. */
@Entity()
@Index(['absorbedId'])
@Index(['survivorId'])
export class ProspectMerge {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @LooseRef() survivorId!: string;
  @LooseRef() absorbedId!: string;
  @Text() absorbedName!: string;
  /** The activity row that tells of it. */
  @LooseRef() factId!: string;
  /** All that is needed to make two of one again; null once that was done. */
  @Json({ nullable: true }) image!: MergeImage | null;
  @LooseRef({ nullable: true }) mergedBy!: string | null;
  @Instant() mergedAt!: Date;
  @LooseRef({ nullable: true }) undoneBy!: string | null;
  @Instant({ nullable: true }) undoneAt!: Date | null;
}

/** An identity key the person is still known by although the prospect's own column holds another. */
@Entity()
@Index(['clientId', 'kind', 'value'], { unique: true })
export class ProspectAlias {
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) prospectId!: string;
  @Column('varchar', { length: 10 }) kind!: KeyKind;
  @Column('varchar', { length: 400 }) value!: string;
  /** The merge that made it: taken away with it. Null: somebody said that this key is theirs too. */
  @Index()
  @LooseRef({ nullable: true })
  mergeId!: string | null;
}

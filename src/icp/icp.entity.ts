import { Entity, Index } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import type { IcpCriteria } from './criteria.js';

/** An ideal customer profile of a client. What it says lives in its versions. */
@Entity()
export class Icp {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @Text() name!: string;
  @Whole({ initially: 1 }) version!: number;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) archivedAt!: Date | null;
}

/** Criteria as they stood; a prospect keeps the id of the version it was judged against. */
@Entity()
@Index(['icpId', 'version'], { unique: true })
export class IcpVersion {
  @Id() id!: string;
  @Ref(() => Icp, { whenGone: 'CASCADE' }) icpId!: string;
  @Whole() version!: number;
  @Json() criteria!: IcpCriteria;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
}

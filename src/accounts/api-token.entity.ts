import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LooseRef, Ref, Text } from '../database/columns.js';
import { User } from './user.entity.js';

/** A program acting for a person, optionally for one client only. Only the hash is kept. */
@Entity()
export class ApiToken {
  @Id() id!: string;
  @Index({ unique: true })
  @Column('varchar', { length: 64 })
  tokenHash!: string;
  /** The first characters, to recognise it in a list. */
  @Text() hint!: string;
  @Text() name!: string;
  @Ref(() => User, { whenGone: 'CASCADE' }) userId!: string;
  @LooseRef({ nullable: true }) clientId!: string | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) revokedAt!: Date | null;
}

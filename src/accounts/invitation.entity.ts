import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, Ref } from '../database/columns.js';
import { User } from './user.entity.js';

/** A link that lets one person set a password, once. Only the hash is kept. */
@Entity()
export class Invitation {
  @Id() id!: string;
  @Index({ unique: true })
  @Column('varchar', { length: 64 })
  tokenHash!: string;
  @Ref(() => User, { whenGone: 'CASCADE' }) userId!: string;
  @Instant() createdAt!: Date;
  @Instant() expiresAt!: Date;
  @Instant({ nullable: true }) usedAt!: Date | null;
}

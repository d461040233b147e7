import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, Ref } from '../database/columns.js';
import { User } from './user.entity.js';

/** A signed-in browser. Only the hash of the cookie is kept. */
@Entity()
export class Session {
  @Id() id!: string;
  @Index({ unique: true })
  @Column('varchar', { length: 64 })
  tokenHash!: string;
  @Ref(() => User, { whenGone: 'CASCADE' }) userId!: string;
  @Instant() createdAt!: Date;
  @Instant() expiresAt!: Date;
}

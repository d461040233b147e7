import { Column, Entity, Index } from 'typeorm';
import { Choice, Id, Instant, LooseRef, Text } from '../database/columns.js';
import type { Locale, Role } from './actor.js';

/** A person who signs in: of the agency, or of one client (role `client`). */
// `user` is a reserved word of PostgreSQL.
@Entity('app_user')
export class User {
  @Id() id!: string;
  /** Normalised (lower case). */
  @Index({ unique: true })
  @Column('varchar', { length: 320 })
  email!: string;
  @Text() name!: string;
  @Choice() role!: Role;
  /** The one client of a client's person; null for the agency's people. */
  @LooseRef({ nullable: true }) clientId!: string | null;
  /** argon2id; null until the invitation is accepted. */
  @Text({ nullable: true }) passwordHash!: string | null;
  @Choice({ nullable: true }) locale!: Locale | null;
  /** `light`, `dark` or null: as the device says. */
  @Choice({ nullable: true }) theme!: 'light' | 'dark' | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) disabledAt!: Date | null;
}

import { Entity } from 'typeorm';
import { Flag, Id, Instant, Ref, Text } from '../database/columns.js';
import { Client } from './client.entity.js';

/** A person at the client: receives meetings (`hostId`), or is the referent of the engagement. */
@Entity()
export class Contact {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @Text() name!: string;
  @Text({ nullable: true }) email!: string | null;
  @Text({ nullable: true }) phone!: string | null;
  @Text({ nullable: true }) title!: string | null;
  /** Takes the meetings that are booked. */
  @Flag({ initially: true }) isHost!: boolean;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) leftAt!: Date | null;
}

import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Instant } from '../database/columns.js';

/** A person of the agency works for this client. Admins see all clients without it. */
@Entity()
export class ClientAccess {
  @PrimaryColumn('varchar', { length: 36 }) userId!: string;
  @Index()
  @PrimaryColumn('varchar', { length: 36 })
  clientId!: string;
  @Instant() createdAt!: Date;
}

import { Column, Entity, Index } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Choice, Id, Instant, Json, Ref, Text, Whole } from '../database/columns.js';

/** A company prospected for one client. Found again by its domain, else by its folded name. */
@Entity()
@Index(['clientId', 'domain'], { unique: true })
@Index(['clientId', 'nameKey'])
export class Company {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  @Text() name!: string;
  /** Name without accents, case and legal form. */
  @Column('varchar', { length: 300 })
  nameKey!: string;
  /** Registrable web domain. */
  @Column('varchar', { length: 253, nullable: true })
  domain!: string | null;
  @Text({ nullable: true }) website!: string | null;
  @Text({ nullable: true }) linkedinUrl!: string | null;
  @Text({ nullable: true }) industry!: string | null;
  @Text({ nullable: true }) nafCode!: string | null;
  @Text({ nullable: true }) siren!: string | null;
  @Whole({ nullable: true }) headcount!: number | null;
  /** The band as its source writes it ("51-200"), where it gives no number. */
  @Text({ nullable: true }) headcountBand!: string | null;
  @Text({ nullable: true }) phone!: string | null;
  @Text({ nullable: true }) city!: string | null;
  @Text({ nullable: true }) region!: string | null;
  /** ISO 3166 alpha-2. */
  @Choice({ nullable: true }) country!: string | null;
  @Json({ nullable: true }) technologies!: string[] | null;
  @Instant() createdAt!: Date;
}

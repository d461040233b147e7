import { Column, Entity, Index } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import { Company } from './company.entity.js';
import type { ProspectStatus } from './status/status.js';

/** One reason of a fit verdict, as `fit-score` gives it. */
export interface FitReason {
  criterion: string;
  outcome: 'match' | 'miss' | 'unknown' | 'excluded';
  detail: string;
}

/**
 * A person at a company, for one client. The four identity keys are unique per client, in this order of trust:
 * external id, email, LinkedIn URL, full name + company domain. `status` is the projection of the facts in `Activity`.
 */
@Entity()
@Index(['clientId', 'externalKey'], { unique: true })
@Index(['clientId', 'emailKey'], { unique: true })
@Index(['clientId', 'linkedinKey'], { unique: true })
@Index(['clientId', 'nameKey'], { unique: true })
@Index(['clientId', 'status', 'lastActivityAt', 'id'])
@Index(['clientId', 'lastActivityAt', 'id'])
@Index(['clientId', 'sortName', 'id'])
@Index(['clientId', 'companySort', 'id'])
@Index(['clientId', 'fitScore', 'id'])
@Index(['ownerId', 'clientId'])
// Whose number it is that called.
@Index(['phone'], { where: 'phone IS NOT NULL' })
@Index(['mobilePhone'], { where: 'mobile_phone IS NOT NULL' })
// Those to come back to, by the day: few of all, and read again after every keystroke of the day’s queue.
@Index(['clientId', 'statusUntil'], { where: 'status_until IS NOT NULL' })
export class Prospect {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  @Ref(() => Company, { nullable: true, whenGone: 'SET NULL' }) companyId!: string | null;

  /** `<source>:<id>` of the file it came from, e.g. `apollo:64f…`. */
  @Column('varchar', { length: 200, nullable: true })
  externalKey!: string | null;
  /** The normalised address without its plus-tag. */
  @Column('varchar', { length: 320, nullable: true })
  emailKey!: string | null;
  /** The canonical LinkedIn profile URL. */
  @Column('varchar', { length: 300, nullable: true })
  linkedinKey!: string | null;
  /** Folded full name + `@` + company domain; null without a domain. */
  @Column('varchar', { length: 400, nullable: true })
  nameKey!: string | null;

  @Text({ nullable: true }) firstName!: string | null;
  @Text({ nullable: true }) lastName!: string | null;
  @Text() fullName!: string;
  /** Folded last name, then first: what a list by name sorts on. */
  @Column('varchar', { length: 300 })
  sortName!: string;
  /** Folded company name. */
  @Column('varchar', { length: 300 })
  companySort!: string;
  /** As written in the file, for the screen; the company's own row may be richer. */
  @Text({ nullable: true }) companyName!: string | null;
  /** The folded words of name, company, email, domain and title, each once: what the search box looks in. */
  @Text() searchText!: string;

  @Text({ nullable: true }) email!: string | null;
  /** Says the source: `verified`, `guessed`, `invalid` … free text. */
  @Text({ nullable: true }) emailStatus!: string | null;
  @Text({ nullable: true }) linkedinUrl!: string | null;
  /** E.164. */
  @Text({ nullable: true }) phone!: string | null;
  @Text({ nullable: true }) mobilePhone!: string | null;
  @Text({ nullable: true }) title!: string | null;
  @Text({ nullable: true }) jobFunction!: string | null;
  @Text({ nullable: true }) seniority!: string | null;
  @Text({ nullable: true }) city!: string | null;
  @Text({ nullable: true }) region!: string | null;
  /** ISO 3166 alpha-2. */
  @Choice({ nullable: true }) country!: string | null;
  @Text({ nullable: true }) timeZone!: string | null;
  /** Columns we have no name for, by the header of the file. */
  @Json({ nullable: true }) custom!: Record<string, string> | null;

  @Choice({ initially: 'new' }) status!: ProspectStatus;
  @Instant() statusAt!: Date;
  /** `later`: the day to call back. */
  @Column('varchar', { length: 10, nullable: true })
  statusUntil!: string | null;
  /** `later`: the moment to call, when an hour was agreed. */
  @Instant({ nullable: true }) callbackAt!: Date | null;
  /** The SDR who works this prospect. */
  @LooseRef({ nullable: true }) ownerId!: string | null;

  /** The ICP version it was judged against, and the verdict then. */
  @LooseRef({ nullable: true }) icpVersionId!: string | null;
  @Choice({ nullable: true }) fit!: 'fit' | 'unfit' | 'unknown' | null;
  @Whole({ nullable: true }) fitScore!: number | null;
  @Json({ nullable: true }) fitReasons!: FitReason[] | null;

  /** Where it came from: `import`, `manual`, `api`. */
  @Choice() source!: string;
  @LooseRef({ nullable: true }) importId!: string | null;
  @Instant() createdAt!: Date;
  @Instant() updatedAt!: Date;
  @Instant() lastActivityAt!: Date;
  /** Raised by every change; a writer that read an older one is told so. */
  @Whole({ initially: 1 }) version!: number;
}

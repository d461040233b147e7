import { Entity } from 'typeorm';
import { Choice, Id, Instant, Text, Whole } from '../database/columns.js';

/** A company the agency works for. All the rest belongs to exactly one client and is invisible to every other. */
@Entity()
export class Client {
  @Id() id!: string;
  @Text() name!: string;
  /** The name in the company register, as a message that speaks for the client must give it. */
  @Text({ nullable: true }) legalName!: string | null;
  /** Web page that tells people what is done with their data. */
  @Text({ nullable: true }) privacyUrl!: string | null;
  /** Where the addresses come from, to go after « proviennent de … » and after "come from …". */
  @Text({ nullable: true }) dataSourceFr!: string | null;
  @Text({ nullable: true }) dataSourceEn!: string | null;
  /** Registrable web domain, lower case. */
  @Text({ nullable: true }) domain!: string | null;
  /** IANA zone: reports, slots and deadlines of this client are in it. */
  @Text() timeZone!: string;
  /** `fr` or `en`: the portal's language unless a person chooses. */
  @Choice() locale!: string;
  /** ISO 3166 alpha-2: whose public holidays count. */
  @Choice() country!: string;
  /** ISO 4217. */
  @Choice({ initially: 'EUR' }) currency!: string;
  @Instant() createdAt!: Date;
  /** Set: nothing more goes out, and the portal is read-only. */
  @Instant({ nullable: true }) switchedOffAt!: Date | null;
  /**
   * Set with every change of what the reports count by, the days of engagements and the time zone, and taken away when
   * all of the client has been noted to be counted anew: a process that dies in between loses nothing.
   */
  @Instant({ nullable: true }) recountAskedAt!: Date | null;
  @Whole({ initially: 1 }) version!: number;
}

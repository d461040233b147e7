import { Entity } from 'typeorm';
import { Choice, Id, Instant, Json, Text } from '../database/columns.js';

/** The prospecting agency itself: one row, made at first run. */
@Entity()
export class Agency {
  @Id() id!: string;
  @Text() name!: string;
  /** Language of the agency's people unless they choose: `fr` or `en`. */
  @Choice() locale!: string;
  /** IANA zone. */
  @Text() timeZone!: string;
  @Instant() createdAt!: Date;
  /** How often one person may reach out on a channel in a day; what is not named keeps its default. */
  @Json({ nullable: true }) dailyLimits!: Record<string, number> | null;
}

import { Entity } from 'typeorm';
import { Choice, Id, Instant, Text } from '../database/columns.js';

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
}

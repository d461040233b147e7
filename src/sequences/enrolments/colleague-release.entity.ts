import { Entity } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef } from '../../database/columns.js';

/** What somebody said of people who waited for a colleague's answer, so that it can be taken back in one go. */
@Entity()
export class ColleagueRelease {
  @Id() id!: string;
  @LooseRef() userId!: string;
  /** `resume`: they go on; `end`: they are taken out. */
  @Choice() act!: 'resume' | 'end';
  @Instant() at!: Date;
  @Json() enrolmentIds!: string[];
  @Instant({ nullable: true }) undoneAt!: Date | null;
}

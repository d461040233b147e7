import { Entity } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef } from '../../database/columns.js';

/** `resume`: they go on; `end`: they are taken out. */
export const releaseActs = ['resume', 'end'] as const;
export type ReleaseAct = (typeof releaseActs)[number];

/** What somebody said of people who waited for a colleague's answer, so that it can be taken back in one go. */
@Entity()
export class ColleagueRelease {
  @Id() id!: string;
  @LooseRef() userId!: string;
  @Choice() act!: ReleaseAct;
  @Instant() at!: Date;
  @Json() enrolmentIds!: string[];
  @Instant({ nullable: true }) undoneAt!: Date | null;
}

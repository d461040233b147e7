import { Entity } from 'typeorm';
import { Id, Instant, Json, LooseRef, Text } from '../../database/columns.js';

/** Overdue steps passed over in one go, so that it can be taken back in one go. */
@Entity()
export class TaskSkip {
  @Id() id!: string;
  @LooseRef() userId!: string;
  @Instant() at!: Date;
  @Text() reason!: string;
  @Json() touchIds!: string[];
  @Instant({ nullable: true }) undoneAt!: Date | null;
}

import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Instant, Text } from '../../database/columns.js';
import { Prospect } from '../prospect.entity.js';

/** A note somebody has begun: it outlives a closed tab and a restarted server, and becomes a fact only when sent. */
@Entity()
export class NoteDraft {
  @PrimaryColumn('varchar', { length: 36 }) userId!: string;
  @ForeignKey(() => Prospect, { onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { length: 36 })
  prospectId!: string;
  @Text() note!: string;
  @Instant() savedAt!: Date;
}

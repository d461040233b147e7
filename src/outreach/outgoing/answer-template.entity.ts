import { Entity, Index } from 'typeorm';
import { Choice, Id, Instant, LooseRef, Text } from '../../database/columns.js';

/** A ready answer to replies of one kind, in one language; the person who answers changes it as they like. */
@Entity()
@Index(['clientId'])
export class AnswerTemplate {
  @Id() id!: string;
  /** Null: for every client. */
  @LooseRef({ nullable: true }) clientId!: string | null;
  @Text() name!: string;
  @Choice() locale!: string;
  /** With merge fields, as messages of sequences have them. */
  @Text() body!: string;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
}

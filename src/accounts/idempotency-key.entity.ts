import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Instant, Text, Whole } from '../database/columns.js';

/** A POST already answered for this person and key: asked again, it gets the same answer and changes nothing. */
@Entity()
export class IdempotencyKey {
  /** SHA-256 of person, key and route. */
  @PrimaryColumn('varchar', { length: 64 }) hash!: string;
  /** SHA-256 of the body: the same key with another body is a mistake of the caller. */
  @Column('varchar', { length: 64 })
  bodyHash!: string;
  /** Null while the first request is still running. */
  @Whole({ nullable: true }) status!: number | null;
  @Text({ nullable: true }) answer!: string | null;
  @Instant() createdAt!: Date;
}

import { Entity } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../../database/columns.js';
import type { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import { Sequence, SequenceVersion } from '../sequence.entity.js';
import type { TestFigures } from './test-figures.js';

/** A sequence tried on a sample before everybody: who was drawn, and the GO or NO-GO somebody gave on its figures. */
@Entity()
export class SequenceTest {
  @Id() id!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE' }) sequenceId!: string;
  @Ref(() => SequenceVersion, { whenGone: 'CASCADE', isIndexed: false }) sequenceVersionId!: string;
  @Whole() version!: number;
  /** People wanted; `enrolled` is how many the guard let in. */
  @Whole() size!: number;
  @Whole() enrolled!: number;
  /** The draw can be made again with it: same people, same seed, same sample. */
  @Text() seed!: string;
  /** Among whom it was drawn. */
  @Json() choice!: ProspectFilter;
  /** How many people that was. */
  @Whole() drawnFrom!: number;
  @LooseRef({ nullable: true }) startedBy!: string | null;
  @Instant() startedAt!: Date;
  /** `go`, `no_go`; null while the test runs. */
  @Choice({ nullable: true }) decision!: 'go' | 'no_go' | null;
  @LooseRef({ nullable: true }) decidedBy!: string | null;
  @Instant({ nullable: true }) decidedAt!: Date | null;
  @Text({ nullable: true }) reason!: string | null;
  /** The figures as they stood when it was decided. */
  @Json({ nullable: true }) figures!: TestFigures | null;
}

import { Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Choice, Flag, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../../database/columns.js';
import type { BeforeImage } from './before-image.js';
import type { ColumnMapping } from './column-mapping.js';
import type { RevertResult } from './revert-result.js';
import type { FileProblem } from './refusal.js';
import type { OnActive, OnDuplicate } from './row-decision.js';
import type { Understanding } from './understanding.js';

/**
 * `uploaded` → `checking` → `checked` → `importing` → `done` | `failed` | `cancelled`; those three → `reverting` →
 * `reverted`. A check that is cancelled is `uploaded` again.
 */
export type ImportStatus =
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'importing'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'reverting'
  | 'reverted';

/** A file brought in for a client, its understanding, its progress and its result. */
@Entity()
export class Import {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @Text() fileName!: string;
  /** Inside DATA_DIR/imports. */
  @Text() storedAs!: string;
  @Whole() bytes!: number;
  /** SHA-256 of the file. */
  @Text() digest!: string;
  @Choice() status!: ImportStatus;
  @Flag() isDryRun!: boolean;
  /** Encoding, delimiter, header, source, first rows: as understood when it came. */
  @Json() understanding!: Understanding;
  /** By column: a field, `custom:<name>`, or null = left out. */
  @Json() mapping!: ColumnMapping;
  @Choice({ initially: 'fill' }) onDuplicate!: OnDuplicate;
  /** What becomes of people who are in a sequence of this client just now. */
  @Choice({ initially: 'bring' }) onActive!: OnActive;
  @Text({ nullable: true }) listName!: string | null;
  @LooseRef({ nullable: true }) listId!: string | null;
  /** Who owns the people it creates; those known before stay whose they are. */
  @LooseRef({ nullable: true }) ownerId!: string | null;
  /** Rows already dealt with: where to go on after a crash. */
  @Whole({ initially: 0 }) position!: number;
  /** How far into the file those rows reach. */
  @Whole({ initially: 0 }) bytesRead!: number;
  /** Rows of the whole file, once it has been read to its end. */
  @Whole({ nullable: true }) totalRows!: number | null;
  /** When rows were last dealt with: a run that stopped long ago is taken up again. */
  @Instant({ nullable: true }) progressAt!: Date | null;
  /** The process that carries it through (process-name.ts). */
  @Text({ nullable: true }) carriedBy!: string | null;
  @Whole({ initially: 0 }) rows!: number;
  @Whole({ initially: 0 }) created!: number;
  @Whole({ initially: 0 }) updated!: number;
  @Whole({ initially: 0 }) unchanged!: number;
  @Whole({ initially: 0 }) skipped!: number;
  @Whole({ initially: 0 }) failed!: number;
  /** Reason → rows that were skipped or failed for it. */
  @Json({ nullable: true }) reasons!: Record<string, number> | null;
  /** Cell problem → rows that went on without that cell. */
  @Json({ nullable: true }) warnings!: Record<string, number> | null;
  /** Why the file as a whole failed. */
  @Json({ nullable: true }) problem!: FileProblem | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) finishedAt!: Date | null;
  @Instant({ nullable: true }) revertedAt!: Date | null;
  /** What the revert took back, and what it had to leave. */
  @Json({ nullable: true }) revertResult!: RevertResult | null;
}

/**
 * A row worth keeping: refused (for the rejects file), an update (its before-image, for the revert), or a prospect a
 * revert had to leave as it is (row 0 when the import had created it). And a row that was taken without some of its cells
 * (`noted`): of those, for each reason, the first.
 */
@Entity()
@Index(['importId', 'rowNumber'])
export class ImportRow {
  @Id() id!: string;
  @Ref(() => Import, { whenGone: 'CASCADE', isIndexed: false }) importId!: string;
  @Whole() rowNumber!: number;
  @Choice() outcome!: 'updated' | 'skipped' | 'failed' | 'kept' | 'noted';
  @Choice({ nullable: true }) reason!: string | null;
  @LooseRef({ nullable: true }) prospectId!: string | null;
  /** The cells as they stood in the file. */
  @Json({ nullable: true }) cells!: string[] | null;
  /** The prospect's fields before the update, and the version the update left it at. */
  @Json({ nullable: true }) before!: BeforeImage | null;
}

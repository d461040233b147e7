import { Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Choice, Flag, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../../database/columns.js';

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
  /** `uploaded` → `checking` → `checked` → `importing` → `done` | `failed`; `reverted`. */
  @Choice() status!: string;
  @Flag() isDryRun!: boolean;
  /** Encoding, delimiter, preamble rows, source, headers. */
  @Json({ nullable: true }) understanding!: Record<string, unknown> | null;
  /** Column position → field, or `custom:<name>`, or null = left out. */
  @Json({ nullable: true }) mapping!: Record<string, string | null> | null;
  @Choice({ initially: 'fill' }) onDuplicate!: 'fill' | 'skip' | 'overwrite';
  @Text({ nullable: true }) listName!: string | null;
  @LooseRef({ nullable: true }) listId!: string | null;
  /** Rows already dealt with: where to go on after a crash. */
  @Whole({ initially: 0 }) position!: number;
  @Whole({ initially: 0 }) rows!: number;
  @Whole({ initially: 0 }) created!: number;
  @Whole({ initially: 0 }) updated!: number;
  @Whole({ initially: 0 }) unchanged!: number;
  @Whole({ initially: 0 }) skipped!: number;
  @Whole({ initially: 0 }) failed!: number;
  /** Reason → rows. */
  @Json({ nullable: true }) reasons!: Record<string, number> | null;
  @Text({ nullable: true }) problem!: string | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) finishedAt!: Date | null;
  @Instant({ nullable: true }) revertedAt!: Date | null;
}

/** A row worth keeping: refused (for the rejects file), or an update (its before-image, for the revert). */
@Entity()
@Index(['importId', 'rowNumber'])
export class ImportRow {
  @Id() id!: string;
  @Ref(() => Import, { whenGone: 'CASCADE', isIndexed: false }) importId!: string;
  @Whole() rowNumber!: number;
  /** `updated`, `skipped`, `failed`. */
  @Choice() outcome!: string;
  @Choice({ nullable: true }) reason!: string | null;
  @LooseRef({ nullable: true }) prospectId!: string | null;
  /** The cells as they stood in the file. */
  @Json({ nullable: true }) cells!: string[] | null;
  /** The prospect's fields before the update. */
  @Json({ nullable: true }) before!: Record<string, unknown> | null;
}

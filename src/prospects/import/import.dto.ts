import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { AsFlag, AsTrimmed } from '../../shared/input-fields.js';
import type { Import } from './import.entity.js';
import type { OnActive, OnDuplicate } from './row-decision.js';

export const ON_DUPLICATE = ['fill', 'skip', 'overwrite'] as const satisfies readonly OnDuplicate[];

export const ON_ACTIVE = ['bring', 'leave'] as const satisfies readonly OnActive[];

/** In a multipart upload a mapping travels as JSON text; what is no JSON is left for the validator to refuse. */
const AsJson = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    try {
      return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
    } catch {
      return value;
    }
  });

export class ImportInput {
  /** Count what would happen, and write nothing. */
  @IsOptional() @AsFlag() @IsBoolean() dryRun?: boolean;
  /** Of a workbook: the sheet to read; without it, the first that holds a table. */
  @IsOptional() @IsString() @MaxLength(200) sheet?: string;
  /** Everybody the file brings is put on this list, made if there is none. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(120) listName?: string;
  /** Column (label or position) → field, `custom:<name>`, or "" to leave it out. */
  @IsOptional() @AsJson() @IsObject() mapping?: Record<string, string | null>;
  @IsOptional() @IsIn(ON_DUPLICATE) onDuplicate?: OnDuplicate;
  /** Who owns the people the file creates; without it, nobody. */
  @IsOptional() @IsUUID() ownerId?: string;
  /** What becomes of rows about people who are in a sequence of this client just now. */
  @IsOptional() @IsIn(ON_ACTIVE) onActive?: OnActive;
}

/** With a file of oppositions. */
export class ListInput {
  /** Why: it stands on each entry. */
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) reason!: string;
}

/** The sheet of a workbook to read instead. */
export class SheetChoice {
  @IsString() @MaxLength(200) sheet!: string;
}

/** What an import has come to. Counts of rows; `reasons` adds up to skipped + failed. */
export function importOutput(one: Import) {
  return {
    id: one.id,
    clientId: one.clientId,
    fileName: one.fileName,
    status: one.status,
    isDryRun: one.isDryRun,
    source: one.understanding.source,
    sheet: one.understanding.sheet ?? null,
    sheets: one.understanding.sheets ?? [],
    encoding: one.understanding.encoding,
    delimiter: one.understanding.delimiter,
    mapping: one.understanding.labels.map((label, at) => ({ column: label, field: one.mapping[at] ?? null })),
    onDuplicate: one.onDuplicate,
    onActive: one.onActive,
    listId: one.listId,
    ownerId: one.ownerId,
    bytes: one.bytes,
    bytesRead: one.bytesRead,
    totalRows: one.totalRows,
    rows: one.rows,
    created: one.created,
    updated: one.updated,
    unchanged: one.unchanged,
    skipped: one.skipped,
    failed: one.failed,
    reasons: one.reasons ?? {},
    warnings: one.warnings ?? {},
    problem: one.problem,
    createdAt: one.createdAt,
    finishedAt: one.finishedAt,
    revertedAt: one.revertedAt,
    revertResult: one.revertResult,
  };
}
export type ImportOutput = ReturnType<typeof importOutput>;

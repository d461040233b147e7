import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../../shared/errors.js';
import { type FileKind, ImportFiles, type StoredFile } from './import-files.service.js';
import { FileRefused, MOST_BYTES } from './refusal.js';

export interface Upload {
  file: StoredFile & { fileName: string };
  fields: Record<string, string>;
}

/** Takes a multipart request apart while it streams: the file to disk, the fields, before or after it, to memory. */
@Injectable()
export class ImportUploads {
  constructor(private readonly files: ImportFiles) {}

  /** @throws InvalidInput naming `file` when none came or it cannot be imported */
  async take(request: FastifyRequest, as: FileKind = 'table'): Promise<Upload> {
    if (!request.isMultipart()) throw new InvalidInput({ file: 'importFile.missing' });
    const fields: Record<string, string> = {};
    let file: Upload['file'] | null = null;
    try {
      for await (const part of request.parts()) {
        if (part.type === 'field') fields[part.fieldname] = String(part.value);
        else if (file !== null || part.fieldname !== 'file' || part.filename === '') part.file.resume();
        else file = { ...(await this.files.keep(part.file, as)), fileName: shownName(part.filename) };
      }
    } catch (error) {
      if (file !== null) await this.forget(file);
      throw asInvalid(error);
    }
    if (file === null) throw new InvalidInput({ file: 'importFile.missing' });
    return { file, fields };
  }

  /** When the file turns out to be for nothing: its client takes no work, its options say nothing. */
  forget(file: StoredFile): Promise<void> {
    return this.files.forget(file.storedAs);
  }
}

/** The name is only shown; the file is stored under one of ours. */
function shownName(name: string | undefined): string {
  const shown = basename((name ?? '').replaceAll('\\', '/'))
    .replace(/\p{Cc}/gu, '')
    .trim();
  return shown.slice(-200) || 'file';
}

/** A file that cannot be read says so at its field. */
export function asInvalid(error: unknown): unknown {
  if (error instanceof FileRefused) {
    return new InvalidInput({ file: { code: `importFile.${error.reason}`, params: error.detail } });
  }
  if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') {
    return new InvalidInput({
      file: { code: 'importFile.too_large', params: { megabytes: MOST_BYTES / 1024 / 1024 } },
    });
  }
  return error;
}

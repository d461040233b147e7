import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { newId } from '../../shared/id.js';
import { mapColumns } from './column-mapping.js';
import { EncodingWatch } from './encoding-watch.js';
import { FileRefused, MOST_BYTES } from './refusal.js';
import { isZip } from './text-encoding.js';
import { understand, type Understanding } from './understanding.js';
import { understandWorkbook } from './workbook/workbook-layout.queries.js';

/** A table of people, or a bare list: one column, perhaps without a header. */
export type FileKind = 'table' | 'list';

export interface StoredFile {
  storedAs: string;
  bytes: number;
  /** SHA-256, hexadecimal. */
  digest: string;
  understanding: Understanding;
}

/** The files brought in, kept under DATA_DIR/imports by names of our own. */
@Injectable()
export class ImportFiles {
  constructor(private readonly config: Config) {}

  /**
   * Streams a file to disk and understands it as it passes.
   * @throws FileRefused; nothing is kept then
   */
  async keep(content: Readable, as: FileKind = 'table'): Promise<StoredFile> {
    const storedAs = newId();
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const watch = new EncodingWatch();
    const hash = createHash('sha256');
    const look = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        watch.push(chunk);
        hash.update(chunk);
        done(
          watch.bytes > MOST_BYTES
            ? new FileRefused('too_large', { megabytes: MOST_BYTES / 1024 / 1024 })
            : null,
          chunk,
        );
      },
    });
    try {
      await pipeline(content, look, createWriteStream(this.pathOf(storedAs), { mode: 0o600 }));
      if ((content as { truncated?: boolean }).truncated === true) {
        throw new FileRefused('too_large', { megabytes: MOST_BYTES / 1024 / 1024 });
      }
      const understanding = isZip(watch.head) ? await this.understandSheet(storedAs) : understand(watch, as);
      return { storedAs, bytes: watch.bytes, digest: hash.digest('hex'), understanding };
    } catch (error) {
      await this.forget(storedAs);
      throw error;
    }
  }

  async exists(storedAs: string): Promise<boolean> {
    const handle = await open(this.pathOf(storedAs)).catch(() => null);
    await handle?.close();
    return handle !== null;
  }

  async forget(storedAs: string): Promise<void> {
    await rm(this.pathOf(storedAs), { force: true });
  }

  /** One sheet of a workbook that was kept, or the first of it that holds a table. @throws FileRefused */
  async understandSheet(storedAs: string, sheet?: string): Promise<Understanding> {
    const layout = await understandWorkbook(this.pathOf(storedAs), sheet);
    return { ...layout, ...mapColumns(layout.labels, layout.sample) };
  }

  pathOf(storedAs: string): string {
    return join(this.folder, storedAs);
  }

  /** Absolute. */
  get folder(): string {
    return join(this.config.dataDir, 'imports');
  }
}

import { HEAD_BYTES } from './table-layout.js';
import { detectEncoding, type TextEncoding } from './text-encoding.js';

/**
 * Looks at a whole file as it passes, keeping only its head: a sheet whose first accent stands in row 9,000 is still
 * told from UTF-8.
 */
export class EncodingWatch {
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private readonly heads: Uint8Array[] = [];
  private headBytes = 0;
  /** The chunk in which the bytes stopped being UTF-8. */
  private telling: Uint8Array | null = null;
  bytes = 0;

  push(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.headBytes < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - this.headBytes);
      this.heads.push(part);
      this.headBytes += part.length;
    }
    if (this.telling !== null) return;
    try {
      this.utf8.decode(chunk, { stream: true });
    } catch {
      this.telling = chunk;
    }
  }

  get head(): Uint8Array {
    return Buffer.concat(this.heads);
  }

  get isWhole(): boolean {
    return this.bytes === this.headBytes;
  }

  /** @throws FileRefused `empty`, `binary`, `spreadsheet` */
  encoding(): TextEncoding {
    const fromHead = detectEncoding(this.head);
    if (fromHead !== 'utf-8' || this.telling === null) return fromHead;
    return detectEncoding(Buffer.concat([this.head, this.telling]));
  }
}

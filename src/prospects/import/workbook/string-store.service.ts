import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';

const BLOCK = 64 * 1024;
const BLOCKS_HELD = 64;

/**
 * Texts by their number, on disk: a workbook of 200,000 rows shares more of them than memory should hold. They are asked
 * for about in the order they came, so a few blocks answer nearly all.
 */
export class StringStore {
  private readonly file: number;
  private ends = new Float64Array(1024);
  private count = 0;
  private size = 0;
  private pending: Buffer[] = [];
  private pendingSize = 0;
  private readonly blocks = new Map<number, Buffer>();

  constructor(path: string) {
    this.file = openSync(path, 'wx+', 0o600);
    // It lives as long as it is open, and no longer, whatever becomes of this process.
    unlinkSync(path);
  }

  add(texts: readonly string[]): void {
    for (const text of texts) {
      const bytes = Buffer.from(text);
      this.size += bytes.length;
      if (this.count === this.ends.length) this.grow();
      this.ends[this.count] = this.size;
      this.count += 1;
      this.pending.push(bytes);
      this.pendingSize += bytes.length;
      if (this.pendingSize > 4 * BLOCK) this.flush();
    }
  }

  get(at: number): string {
    if (!(at >= 0 && at < this.count)) return '';
    if (this.pendingSize > 0) this.flush();
    const start = at === 0 ? 0 : this.ends[at - 1]!;
    return this.read(start, this.ends[at]!);
  }

  close(): void {
    closeSync(this.file);
  }

  private read(start: number, end: number): string {
    const first = Math.floor(start / BLOCK);
    const block = this.block(first);
    if (end <= (first + 1) * BLOCK) return block.toString('utf8', start - first * BLOCK, end - first * BLOCK);
    const parts = [block.subarray(start - first * BLOCK)];
    for (let next = first + 1; next * BLOCK < end; next += 1)
      parts.push(this.block(next).subarray(0, end - next * BLOCK));
    return Buffer.concat(parts).toString('utf8');
  }

  private block(nth: number): Buffer {
    const held = this.blocks.get(nth);
    if (held !== undefined) return held;
    if (this.blocks.size >= BLOCKS_HELD) this.blocks.delete(this.blocks.keys().next().value!);
    const block = Buffer.alloc(BLOCK);
    readSync(this.file, block, 0, BLOCK, nth * BLOCK);
    this.blocks.set(nth, block);
    return block;
  }

  private flush(): void {
    writeSync(this.file, Buffer.concat(this.pending));
    this.pending = [];
    this.pendingSize = 0;
    this.blocks.clear();
  }

  private grow(): void {
    const ends = new Float64Array(this.ends.length * 2);
    ends.set(this.ends);
    this.ends = ends;
  }
}

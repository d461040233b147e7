import { builtInFormat, type NumberFormat, readNumberFormat } from './number-format.js';
import { walkXml } from './xml-events.js';

type Bytes = AsyncIterable<Uint8Array>;

export interface SheetEntry {
  name: string;
  /** Of the relation that leads to its part. */
  relation: string;
}

/** The sheets a person sees, in their order, and from which day dates count. */
export async function readWorkbookPart(bytes: Bytes): Promise<{ sheets: SheetEntry[]; isMac: boolean }> {
  const sheets: SheetEntry[] = [];
  let isMac = false;
  await walkXml(bytes, {
    open(name, attributes) {
      if (name === 'workbookPr') isMac = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet' || ['hidden', 'veryHidden'].includes(attributes['state'] ?? '')) return;
      const relation = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1];
      sheets.push({ name: attributes['name'] ?? '', relation: relation ?? '' });
    },
  });
  return { sheets, isMac };
}

/** Relation → the part it leads to, from the root of the archive. */
export async function readRelations(bytes: Bytes): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  await walkXml(bytes, {
    open(name, { Id, Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      parts.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return parts;
}

/** The number format of each cell style. */
export async function readStyles(bytes: Bytes): Promise<NumberFormat[]> {
  const own = new Map<number, NumberFormat>();
  const styles: NumberFormat[] = [];
  let isInCells = false;
  await walkXml(bytes, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') own.set(Number(numFmtId), readNumberFormat(formatCode ?? ''));
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells)
        styles.push(own.get(Number(numFmtId)) ?? builtInFormat(Number(numFmtId)));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

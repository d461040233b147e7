import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyForTelling, isTold, noteTold } from '../../seeds/demo-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'carnet-demo-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('the data of an agency is not removed for a demo, whatever DATA_DIR says', () => {
  writeFileSync(join(folder, 'carnet.sqlite'), 'half a year of work');
  expect(() => emptyForTelling(folder)).toThrow('is not a demo of Carnet');
  expect(readdirSync(folder)).toEqual(['carnet.sqlite']);
});

it('a demo that was told, or interrupted, is begun again', () => {
  emptyForTelling(folder);
  writeFileSync(join(folder, 'carnet.sqlite'), 'half a telling');
  expect(isTold(folder)).toBe(false);
  emptyForTelling(folder);
  expect(existsSync(join(folder, 'carnet.sqlite'))).toBe(false);
  noteTold(folder, '2027-01-11');
  expect(isTold(folder)).toBe(true);
  emptyForTelling(folder);
  expect(isTold(folder)).toBe(false);
});

it('a folder that is not there yet is made', () => {
  const inside = join(folder, 'new');
  emptyForTelling(inside);
  expect(existsSync(inside)).toBe(true);
});

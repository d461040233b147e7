import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Config } from '../../src/config/config.js';
import { BadEnvironment, readSettings } from '../../src/config/env-spec.js';

const { arriving } = vi.hoisted(() => ({ arriving: { before: (_path: string): void => undefined } }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const existsSync = (path: string): boolean => {
    const exists = fs.existsSync(path);
    arriving.before(path);
    return exists;
  };
  return { ...fs, existsSync };
});

describe('the secret key of a data folder', () => {
  let dataDir: string;
  const keyOf = (): string => new Config(readSettings({ DATA_DIR: dataDir })).secretKey;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'carnet-key-'));
  });
  afterEach(() => {
    arriving.before = () => undefined;
    rmSync(dataDir, { recursive: true });
  });

  it('is made once, for nobody else to read', () => {
    const key = keyOf();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOf()).toBe(key);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o077).toBe(0);
  });

  it('is that of whoever was first, when two processes found none at the same moment', () => {
    arriving.before = (path) => writeFileSync(path, 'of the other process');
    expect(keyOf()).toBe('of the other process');
  });

  it('has no place where nothing can be written: the program says which folder it was given', () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')])
      expect(() => new Config(readSettings({ DATA_DIR: path }))).toThrow(`DATA_DIR is ${path}`);
  });

  it('is never empty: what it signs anybody could sign', () => {
    writeFileSync(join(dataDir, 'secret-key'), '\n');
    expect(keyOf).toThrow(BadEnvironment);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../src/web/trail-words.js';

describe('the words of the audit trail', () => {
  it('has a sentence for every act that the code records', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const code = files.map((file) => readFileSync(`src/${file}`, 'utf8'));
    const acts = code.flatMap((text) =>
      [...text.matchAll(/\bact: '([a-z_]+\.[a-z_]+)'/g)].map(([, act]) => act!),
    );
    expect(acts.length).toBeGreaterThan(20);
    expect(acts.filter((act) => sentenceOf(act) === null)).toEqual([]);
  });
});

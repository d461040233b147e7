import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { NestLog } from '../../src/log.js';

describe('the log', () => {
  it.each(['warn', 'error'] as const)('says what the error of a %s was, and whose', (level) => {
    const lines: string[] = [];
    const log = new NestLog(pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }));
    log[level]({ err: new Error('No room'), importId: 'i1' }, 'Imports');
    log[level]('In words', 'Imports');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { importId: 'i1', err: { message: 'No room', type: 'Error' } },
      { msg: 'In words' },
    ]);
  });
});

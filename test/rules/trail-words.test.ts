import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meetingEvents } from '../../src/meetings/meeting.events.js';
import { sequenceEventKinds } from '../../src/sequences/sequence-events.js';
import { sentenceOf, SPOKEN } from '../../src/web/settings/trail-words.js';

/** Words of the same form that the same files hold for other ends: codes of errors, kinds of facts. */
const NO_ACTS = new Set([
  'accounts.disabled',
  'inbox.handled',
  'mail.exists',
  'mail.retired',
  'meetings.opposed',
  'meetings.overtaken',
  'meetings.past',
  'enrolment.migrated',
]);

/** Every word of the form `subject.act` in a file that knows the audit trail, and those put together from a list. */
function recordedActs(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const code = files.map((file) => readFileSync(`src/${file}`, 'utf8'));
  const words = code
    .filter((text) => /\bAudit\b/.test(text))
    .flatMap((text) => [...text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, word]) => word!))
    .filter((word) => !NO_ACTS.has(word));
  return [
    ...words,
    ...sequenceEventKinds.map((kind) => `sequence.${kind}`),
    ...meetingEvents.map((event) => `meeting.${event}`),
  ];
}

describe('the words of the audit trail', () => {
  it('has a sentence for every act that the code records', () => {
    const acts = recordedActs();
    expect(acts.length).toBeGreaterThan(100);
    expect(acts.filter((act) => sentenceOf(act) === null)).toEqual([]);
  });

  it('has none for an act that nobody records', () => {
    const acts = new Set(recordedActs());
    expect([...SPOKEN].filter((act) => !acts.has(act))).toEqual([]);
  });
});

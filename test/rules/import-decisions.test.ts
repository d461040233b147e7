import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../src/prospects/import/column-mapping.js';
import { KnownRows } from '../../src/prospects/import/known-rows.js';
import type { ProspectDraft } from '../../src/prospects/import/prospect-draft.js';
import {
  decideRow,
  type KnownProspect,
  type OnDuplicate,
  type RowDecision,
} from '../../src/prospects/import/row-decision.js';
import { draftReader } from '../../src/prospects/import/row-draft.js';

const labels = [
  'Prénom',
  'Nom',
  'E-mail',
  'LinkedIn',
  'Fonction',
  'Société',
  'Site web',
  'Téléphone',
  'Note',
  'SIREN',
];
const read = draftReader(mapColumns(labels, []), { defaultCountry: 'FR' });
const row = (...cells: string[]): ProspectDraft => read(labels.map((_, at) => cells[at] ?? ''));

function asKnown(id: string, draft: ProspectDraft): KnownProspect {
  const companyName = draft.company?.name ?? null;
  const judged = { icpVersionId: null, fit: null, fitScore: null, fitReasons: null };
  return {
    ...draft.person,
    id,
    keys: draft.keys,
    companyId: null,
    companyName,
    custom: draft.custom,
    status: 'new',
    version: 1,
    importId: null,
    judged,
  };
}
function decide(
  draft: ProspectDraft,
  known: KnownProspect[],
  onDuplicate: OnDuplicate = 'fill',
  seen: string[] = [],
): RowDecision {
  const rows = new KnownRows();
  known.forEach((one) => rows.add(one));
  return decideRow(draft, {
    holderOf: (kind, key) => rows.holderOf(kind, key),
    isSeen: (one) => seen.includes(one.id),
    isSuppressed: false,
    isErased: false,
    onDuplicate,
    onActive: 'bring',
  });
}
const claire = row('Claire', 'Vasseur', 'claire@roux.example', '', 'Directrice', 'Roux SARL', 'roux.example');

describe('who is who', () => {
  it('nobody known: the row is a new prospect', () => {
    expect(decide(claire, [])).toMatchObject({ outcome: 'created' });
  });

  it.each([
    ['the same address in capitals', row('', '', ' CLAIRE@ROUX.example')],
    ['the same address with a plus-tag', row('Claire', 'Vasseur', 'claire+salon@roux.example')],
    [
      'the same name at the same site, accents and www apart',
      row('CLAÏRE', 'vasseur', '', '', '', '', 'https://www.roux.example/fr'),
    ],
  ])('%s is Claire again', (_why, draft) => {
    expect(decide(draft, [asKnown('1', claire)])).toMatchObject({ known: { id: '1' } });
  });

  it('homonyms at two companies stay two people, also when the companies have one name', () => {
    const there = row('Claire', 'Vasseur', '', '', '', 'Roux SARL', 'roux-transports.example');
    expect(decide(there, [asKnown('1', claire)]).outcome).toBe('created');
  });

  it('homonyms in one company with two public profiles stay two people; the name is no key of the second', () => {
    const one = row('Jean', 'Martin', '', 'linkedin.com/in/jean-martin-1', '', '', 'sncf.example');
    const two = row('Jean', 'Martin', '', 'linkedin.com/in/jean-martin-2', '', '', 'sncf.example');
    const decision = decide(two, [asKnown('1', one)]);
    expect(decision).toMatchObject({ outcome: 'created', keys: { name: null } });
  });

  it('a company name alone recognises nobody: such a row fails and says why', () => {
    expect(decide(row('Claire', 'Vasseur', '', '', '', 'Roux SARL'), [])).toEqual({
      outcome: 'failed',
      reason: 'missing_identity',
    });
    expect(decide(row('Claire', 'Vasseur', 'claire[at]roux', '', '', 'Roux'), [])).toEqual({
      outcome: 'failed',
      reason: 'bad_email',
    });
  });

  it('without a site, the SIREN tells the company', () => {
    const one = row('Claire', 'Vasseur', '', '', '', 'Roux', '', '', '', '123 456 789');
    const again = row('Claire', 'VASSEUR', '', '', '', 'ROUX SAS', '', '', '', '12345678900012');
    expect(decide(again, [asKnown('1', one)])).toMatchObject({ outcome: 'unchanged', known: { id: '1' } });
  });

  it('an address of one and a profile of another: nobody is merged, a person must look', () => {
    const paul = row('Paul', 'Roux', 'paul@roux.example', 'linkedin.com/in/paul-roux');
    const mixed = row('Claire', 'Vasseur', 'claire@roux.example', 'linkedin.com/in/paul-roux');
    expect(decide(mixed, [asKnown('1', claire), asKnown('2', paul)])).toEqual({
      outcome: 'failed',
      reason: 'ambiguous_match',
    });
  });

  it('an address shared under another name (contact@…) is not one person', () => {
    const first = row('Claire', 'Vasseur', 'contact@roux.example');
    expect(decide(row('Paul', 'Girard', 'contact@roux.example'), [asKnown('1', first)]).outcome).toBe(
      'failed',
    );
    expect(decide(row('C.', 'Vasseur', 'contact@roux.example'), [asKnown('1', first)]).outcome).toBe(
      'unchanged',
    );
  });

  it('the second row of the same person in one file is skipped as a duplicate', () => {
    expect(decide(claire, [asKnown('1', claire)], 'overwrite', ['1'])).toMatchObject({
      outcome: 'skipped',
      reason: 'duplicate_in_file',
    });
  });

  it('a row that says "do not contact" is not brought in', () => {
    const flagged = draftReader(mapColumns(['email', 'do_not_contact'], []), { defaultCountry: null })([
      'a@x.example',
      'TRUE',
    ]);
    expect(decide(flagged, [])).toEqual({ outcome: 'skipped', reason: 'do_not_contact' });
  });

  it('a row with more cells than the header has slipped: it fails rather than being stored in the wrong fields', () => {
    const read = draftReader(mapColumns(['email', 'nom'], []), { defaultCountry: null });
    expect(read(['a@x.example', 'Vasseur', 'Claire']).problem).toBe('shifted_cells');
    expect(read(['a@x.example', 'Vasseur', '', ' ']).problem).toBeNull();
  });
});

describe('a prospect already known', () => {
  const before = asKnown(
    '1',
    row(
      'Claire',
      'Vasseur',
      'claire@roux.example',
      '',
      'Directrice',
      'Roux',
      'roux.example',
      '',
      'vue au salon',
    ),
  );
  const richer = row(
    'Claire',
    'Vasseur',
    'claire@roux.example',
    'linkedin.com/in/cvasseur',
    'PDG',
    'Roux',
    '',
    '06 39 98 12 34',
    'autre note',
  );

  it('fill: only what was blank is filled', () => {
    expect(decide(richer, [before])).toMatchObject({
      outcome: 'updated',
      changes: {
        person: { phone: '+33639981234', linkedinUrl: 'https://www.linkedin.com/in/cvasseur' },
        keys: { linkedin: 'https://www.linkedin.com/in/cvasseur' },
        custom: {},
      },
    });
    expect((decide(richer, [before]) as { changes: { person: object } }).changes.person).not.toHaveProperty(
      'title',
    );
  });

  it('overwrite: what the file says wins, a blank cell still changes nothing', () => {
    const decision = decide(
      row('', '', 'claire@roux.example', '', 'PDG', '', '', '', 'autre note'),
      [before],
      'overwrite',
    );
    expect(decision).toMatchObject({
      outcome: 'updated',
      changes: { person: { title: 'PDG' }, custom: { Note: 'autre note' }, keys: {} },
    });
  });

  it('skip: left alone, and counted as already known', () => {
    expect(decide(richer, [before], 'skip')).toMatchObject({ outcome: 'skipped', reason: 'already_known' });
  });

  it('the status of an address is not taken for that of another address', () => {
    const read = draftReader(mapColumns(['Prénom', 'Nom', 'Email', 'Email Status', 'Site web'], []), {
      defaultCountry: null,
    });
    const other = read(['Claire', 'Vasseur', 'c.vasseur@roux.example', 'invalid', 'roux.example']);
    expect(decide(other, [before]).outcome).toBe('unchanged');
  });
});

describe('whatever the rows', () => {
  const cell = (values: string[]) => fc.constantFrom('', ...values);
  const anyRow = fc
    .tuple(
      cell(['Claire', 'Paul']),
      cell(['Vasseur', 'Girard']),
      cell(['a@x.example', 'b@x.example', 'A+t@x.example', 'bad']),
      cell(['linkedin.com/in/a', 'linkedin.com/in/b']),
      cell(['PDG', 'DRH']),
      cell(['Roux']),
      cell(['roux.example', 'girard.example']),
      cell(['0639981234', '04']),
      cell(['n1', 'n2']),
    )
    .map((cells) => row(...cells));

  /** Files as they are: a person's keys never contradict each other, but not every row shows all of them. */
  const people = [
    ['Claire', 'Vasseur', 'claire@roux.example', 'linkedin.com/in/cvasseur', 'roux.example'],
    ['Claire', 'Vasseur', 'cv@girard.example', 'linkedin.com/in/claire-v', 'girard.example'],
    ['Paul', 'Roux', 'paul@roux.example', 'linkedin.com/in/paulroux', 'roux.example'],
  ] as const;
  const honestRow = fc
    .tuple(
      fc.constantFrom(...people),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      cell(['PDG', 'DRH']),
      cell(['n1', 'n2']),
    )
    .map(([[first, last, email, profile, site], shows, title, note]) =>
      row(
        shows[0] ? first : '',
        shows[0] ? last : '',
        shows[1] ? email : '',
        shows[2] ? profile : '',
        title,
        '',
        shows[3] ? site : '',
        '',
        note,
      ),
    );

  /** Brings the rows in as the service does, one after the other; gives the outcomes and who is known afterwards. */
  function bringIn(
    rows: ProspectDraft[],
    known: KnownProspect[],
    onDuplicate: OnDuplicate,
  ): { outcomes: string[]; known: KnownProspect[] } {
    const seen: string[] = [];
    let all = [...known];
    const outcomes = rows.map((draft) => {
      const decision = decide(draft, all, onDuplicate, seen);
      if (decision.outcome === 'created') {
        const id = `new-${all.length}`;
        all = [...all, { ...asKnown(id, draft), keys: decision.keys }];
        seen.push(id);
      }
      if ('changes' in decision && decision.changes !== null) {
        const { person, custom, keys, isMove } = decision.changes;
        const after = {
          ...decision.known,
          ...person,
          custom: { ...decision.known.custom, ...custom },
          keys: { ...decision.known.keys, ...keys },
          companyName: isMove ? draft.company!.name : decision.known.companyName,
        };
        all = all.map((one) => (one.id === after.id ? after : one));
      }
      if (decision.outcome === 'updated' || decision.outcome === 'unchanged') seen.push(decision.known.id);
      return decision.outcome;
    });
    return { outcomes, known: all };
  }

  it.each(['fill', 'skip', 'overwrite'] as const)(
    '%s: the same file a second time changes nothing',
    (onDuplicate) => {
      fc.assert(
        fc.property(fc.array(honestRow, { maxLength: 12 }), (rows) => {
          const first = bringIn(rows, [], onDuplicate);
          const second = bringIn(rows, first.known, onDuplicate);
          expect(second.known).toEqual(first.known);
          expect(second.outcomes.filter((outcome) => outcome === 'created' || outcome === 'updated')).toEqual(
            [],
          );
        }),
        { numRuns: 2_000 },
      );
    },
  );

  it('no two prospects ever hold the same key', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 12 }),
        fc.constantFrom<OnDuplicate>('fill', 'overwrite'),
        (rows, onDuplicate) => {
          const { known } = bringIn(rows, [], onDuplicate);
          for (const kind of ['external', 'email', 'linkedin', 'name'] as const) {
            const keys = known.map((one) => one.keys[kind]).filter((key) => key !== null);
            expect(new Set(keys).size).toBe(keys.length);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('fill never changes a field that was filled', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (one, other) => {
        const decision = decide(other, [asKnown('1', one)]);
        if (decision.outcome !== 'updated') return;
        for (const field of Object.keys(decision.changes.person) as (keyof typeof one.person)[]) {
          if (field !== 'fullName') expect(one.person[field]).toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

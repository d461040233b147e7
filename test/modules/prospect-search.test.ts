import sql, { type Sql } from 'sql-template-tag';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { integer, text } from '../../src/database/rows.js';
import type { ProspectListQuery } from '../../src/prospects/search/prospect-list.dto.js';
import { ProspectList } from '../../src/prospects/search/prospect-list.queries.js';
import { searchColumns } from '../../src/prospects/search/search-text.js';
import { WordIndex } from '../../src/prospects/search/word-index.service.js';
import { HOSTILE } from '../support/hostile.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Searching prospects', (world) => {
  let admin: Actor;
  let clientId: string;

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
    await person(
      'Hélène',
      'Lefèvre-Brûlé',
      'Électricité de Strasbourg',
      'h.lefevre@es-energie.fr',
      'Directrice générale',
    );
    await person('Jean-Loïc', 'd’Ornano', 'Œuvres & Fils', 'jl@oeuvres-fils.com', 'DSI');
    await person('Paul', 'Petit', 'Acme', 'paul.petit@acme.fr', 'CEO');
  });

  async function person(
    firstName: string,
    lastName: string,
    companyName: string,
    email: string,
    title: string,
  ) {
    const fullName = `${firstName} ${lastName}`;
    const named = { firstName, lastName, fullName, companyName, email, title };
    return prospectOf(world, clientId, { ...named, ...searchColumns(named, null) });
  }

  const found = async (q: string, client = clientId) =>
    (await world.get(ProspectList).page(admin, client, { q, sort: 'name' })).items.map((one) => one.fullName);

  const cases: [string, string[]][] = [
    ['lefevre', ['Hélène Lefèvre-Brûlé']],
    ['LEFÈVRE', ['Hélène Lefèvre-Brûlé']],
    ['brule helene', ['Hélène Lefèvre-Brûlé']],
    ['stras', ['Hélène Lefèvre-Brûlé']],
    ['es-energie.fr', ['Hélène Lefèvre-Brûlé']],
    ['energie', ['Hélène Lefèvre-Brûlé']],
    ['oeuvres', ['Jean-Loïc d’Ornano']],
    ["D'ornano jean", ['Jean-Loïc d’Ornano']],
    ['paul.petit@acme.fr', ['Paul Petit']],
    ['p', ['Paul Petit']],
    ['directrice gen', ['Hélène Lefèvre-Brûlé']],
    ['paul helene', []],
    ['etit', []],
  ];
  for (const state of ['before the index has caught up', 'once it has']) {
    it(`finds people by the beginnings of their words, in any order, without accents, ${state}`, async () => {
      if (state === 'once it has') await world.get(WordIndex).catchUp();
      for (const [q, names] of cases) expect([q, await found(q)]).toEqual([q, names]);
    });
  }

  it('what looks like a language of queries is only words, and nothing but signs finds nobody', async () => {
    for (const q of ['"', '*', '%', "'", '^', '-', '& |', '(', '\\'])
      expect([q, await found(q)]).toEqual([q, []]);
    const asked = [
      'a NEAR b',
      'paul OR helene',
      'paul* AND',
      '"paul',
      'paul:*',
      `client_id:${clientId}`,
      'a'.repeat(10_000),
    ];
    for (const q of [...asked, ...HOSTILE.filter((one) => typeof one === 'string')])
      await expect(found(q)).resolves.toBeInstanceOf(Array);
    expect(await found('paul*')).toEqual(['Paul Petit']);
  });

  it('a rare name among thousands is found through the index, and only at its own client', async () => {
    const other = (await readyClient(world, 'Elsewhere')).client.id;
    const bulk = await readyClient(world, 'Bulk');
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO prospect (id, client_id, full_name, sort_name, company_sort, search_text, status, status_at,
          source, created_at, updated_at, last_activity_at, version)
        WITH RECURSIVE n (i) AS (SELECT 10001 UNION ALL SELECT i + 1 FROM n WHERE i < 16000)
        SELECT '0190-' || i, ${bulk.client.id}, 'Nobody ' || i, 'nobody ' || i, '',
          'nobody n' || i || CASE WHEN i > 15200 THEN ' seldom' ELSE '' END, 'new',
          ${world.clock.now()}, 'import', ${world.clock.now()}, ${world.clock.now()}, ${world.clock.now()}, 1 FROM n`),
    );
    const id = await prospectOf(world, bulk.client.id, { lastName: 'Zyskind', firstName: 'Ada' });
    await prospectOf(world, other, { lastName: 'Zyskind', firstName: 'Other' });
    await world.get(WordIndex).catchUp();
    expect(await found('zysk', bulk.client.id)).toEqual(['Ada Zyskind']);
    expect(await found('zysk nobody', bulk.client.id)).toEqual([]);
    expect(await found('zysk', other)).toEqual(['Other Zyskind']);
    // A beginning of ten words, of a hundred and one of one: n1555 begins n15550 to n15559, n155 a hundred.
    expect(await found('n1555', bulk.client.id)).toHaveLength(10);
    expect((await found('n155 nobody', bulk.client.id)).slice(0, 2)).toEqual([
      'Nobody 15500',
      'Nobody 15501',
    ]);
    expect(await found('n15550 nob', bulk.client.id)).toEqual(['Nobody 15550']);
    expect(await found('nobodyelse', bulk.client.id)).toEqual([]);
    // Eight hundred, all at the end of the order: too many to sort, too far to walk to.
    const seldom = await found('seldom', bulk.client.id);
    expect([seldom.length, seldom[0], seldom[49]]).toEqual([50, 'Nobody 15201', 'Nobody 15250']);
    await world.database.write((tx) =>
      tx.run(
        sql`UPDATE prospect SET search_text = 'ada renamed', full_name = 'Ada Renamed' WHERE id = ${id}`,
      ),
    );
    expect(await found('zysk', bulk.client.id)).toEqual([]);
    expect(await found('renam', bulk.client.id)).toEqual(['Ada Renamed']);
    await world.database.write((tx) => tx.run(sql`DELETE FROM prospect WHERE id = ${id}`));
    expect(await found('renam', bulk.client.id)).toEqual([]);
    const again = await prospectOf(world, bulk.client.id, { lastName: 'Renamed', firstName: 'Again' });
    expect(again).not.toBe(id);
    expect(await found('renam', bulk.client.id)).toEqual(['Again Renamed']);
  });

  it('by name, those a word is frequent among come in order, page after page, whatever name or other word has it', async () => {
    const crowd = await readyClient(world, 'Crowd');
    // 4,000 Abel and 4,000 Durand, some of whom are renamed; a few others have "dur…" as first name or company.
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO prospect (id, client_id, full_name, sort_name, company_sort, search_text, status, status_at,
          source, created_at, updated_at, last_activity_at, version)
        WITH RECURSIVE n (i) AS (SELECT 10001 UNION ALL SELECT i + 1 FROM n WHERE i < 18000),
          named AS (SELECT i, CASE WHEN i % 2 = 0 THEN 'abel' ELSE 'durand' END last,
            CASE WHEN i % 900 = 4 THEN 'durward' ELSE 'paul' END first,
            CASE WHEN i % 1100 = 6 THEN 'durex' ELSE 'acme' END company FROM n)
        SELECT '0191-' || i, ${crowd.client.id}, first || ' ' || last || ' ' || i, last || ' ' || first || ' ' || i, company,
          first || ' ' || last || ' n' || i || ' ' || company, CASE WHEN i % 3 = 0 THEN 'replied' ELSE 'new' END,
          ${world.clock.now()}, 'import', ${world.clock.now()}, ${world.clock.now()}, ${world.clock.now()}, 1 FROM named`),
    );
    const list = world.get(ProspectList);
    const pages = async (query: Pick<ProspectListQuery, 'q' | 'sort' | 'status'>): Promise<string[]> => {
      const ids: string[] = [];
      for await (const page of list.everyPage(admin, crowd.client.id, query))
        ids.push(...page.map(({ id }) => id));
      return ids;
    };
    const expected = (where: Sql, direction: Sql): Promise<{ id: string }[]> =>
      world.database.read((db) =>
        db.rows(
          sql`SELECT id FROM prospect WHERE client_id = ${crowd.client.id} AND ${where}
            ORDER BY sort_name ${direction}, id ${direction}`,
          { id: text },
        ),
      );
    const isDur = sql`(' ' || search_text) LIKE '% dur%'`;
    const compare = async (): Promise<void> => {
      for (const [sort, direction] of [
        ['name', sql`ASC`],
        ['-name', sql`DESC`],
      ] as const) {
        const all = (await expected(isDur, direction)).map(({ id }) => id);
        expect(await pages({ q: 'dur', sort })).toEqual(all);
        const replied = sql`${isDur} AND status = 'replied' AND (' ' || search_text) LIKE '% ac%'`;
        expect(await pages({ q: 'ac dur', sort, status: 'replied' })).toEqual(
          (await expected(replied, direction)).map(({ id }) => id),
        );
      }
    };
    await compare();
    await world.get(WordIndex).catchUp();
    await compare();
    const own = sql`client_id = ${crowd.client.id}`;
    const change = (statement: Sql): Promise<number> => world.database.write((tx) => tx.run(statement));
    await change(sql`UPDATE prospect SET sort_name = 'abel zz ' || id WHERE ${own} AND id LIKE '%001'`);
    await change(sql`DELETE FROM prospect WHERE ${own} AND id LIKE '%3'`);
    await compare();
    // Now many have the word besides the name they are sorted under.
    await change(sql`UPDATE prospect SET sort_name = 'aaron ' || id, search_text = 'aaron durand ac ' || id
      WHERE ${own} AND id LIKE '%7'`);
    await compare();
  });

  it('the index holds each row once, whatever was written in between', async () => {
    if (world.dialect !== 'sqlite') return;
    await world.get(WordIndex).catchUp();
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO prospect_words (prospect_words) VALUES ('integrity-check')`),
    );
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO prospect_words_besides (prospect_words_besides) VALUES ('integrity-check')`),
    );
    const left = await world.database.read((db) =>
      db.row(
        sql`SELECT COUNT(*) AS n FROM prospect WHERE rowid > (SELECT indexed_to FROM prospect_words_mark)`,
        { n: integer },
      ),
    );
    expect(left).toEqual({ n: 0 });
  });
});

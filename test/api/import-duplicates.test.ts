import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { integer, json } from '../../src/database/rows.js';
import { bringIn } from '../support/import-stories.js';
import { GUISES, judgeDuplicates, plantedList } from '../support/planted-duplicates.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** `npm run bench -- import` does the same with 100,000 rows. */
onBothDatabases('5,000 rows of which one in twenty is somebody further up', (world) => {
  it('finds them under eight guises, and takes nobody for somebody else', async () => {
    const actor = await world.admin();
    const { client } = await readyClient(world);
    const { text: content, planted } = plantedList(5_000);
    expect(planted.size).toBeGreaterThan(150);
    expect(new Set([...planted.values()].map(({ guise }) => guise)).size).toBe(Object.keys(GUISES).length);
    const outcome = await bringIn(world, actor, client.id, { name: 'achat.csv', content });
    const found = await world.database.read((db) =>
      db.rows(
        sql`SELECT r.row_number, p.custom FROM import_row r JOIN prospect p ON p.id = r.prospect_id
          WHERE r.import_id = ${outcome.id} AND r.reason = 'duplicate_in_file'`,
        { rowNumber: integer, custom: json<Record<string, string>>() },
      ),
    );
    const lines = await world.database.read((db) =>
      db.rows(sql`SELECT row_number FROM import_row WHERE import_id = ${outcome.id} AND outcome = 'failed'`, {
        rowNumber: integer,
      }),
    );
    const { precisionRate, recallRate, byGuise } = judgeDuplicates(
      planted,
      found.map(({ rowNumber, custom }) => ({ rowNumber, of: Number(custom['Ligne']) })),
    );
    expect(precisionRate, JSON.stringify(byGuise)).toBeGreaterThanOrEqual(0.995);
    expect(recallRate, JSON.stringify(byGuise)).toBeGreaterThanOrEqual(0.95);
    expect(Object.values(byGuise).filter((rate) => rate < 0.9)).toEqual([]);
    expect(lines.length).toBeLessThan(25);
  }, 120_000);
});

import { expect, it } from 'vitest';
import { newId } from '../../src/shared/id.js';
import { ReportStory } from '../support/report-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** Rows as a browser sends them: `items[0][side]=…`. */
function asForm(items: readonly Record<string, string>[]): Record<string, string> {
  const fields = items.flatMap((row, index) =>
    Object.entries(row).map(([name, value]) => [`items[${index}][${name}]`, value] as const),
  );
  return Object.fromEntries(fields);
}

const MARCH = '?from=2026-03-01&to=2026-03-31';

onBothDatabases('the cost on a client’s report page', (world) => {
  async function nordia() {
    world.clock.set('2025-12-15T10:00:00Z');
    const { client } = await readyClient(world, `Nordia ${newId().slice(-6)}`);
    world.clock.set('2026-04-15T10:00:00Z');
    const manager = await world.browser(await world.person('manager', [client.id]));
    return { client, manager, report: `/clients/${client.id}/report` };
  }

  it('tells cost, verdict, chart, break-even, sensitivity and assumptions, and offers the files', async () => {
    const { manager, report } = await nordia();
    const page = await manager.get(report + MARCH);
    expect(page.status).toBe(200);
    // retainer 3,500 and 330 of own time in March, no meeting: n/a, never 0
    expect(page.text).toContain('€3,830.00');
    expect(page.text).toContain('€3,830.00 for no meeting');
    // 52,722.50 / 43.05 = 1,224.68; 78,036.80 / 40.32 = 1,935.44; the gap is 710.76
    expect(page.text).toContain(
      'Over 12 months, the agency books a qualified meeting for €1,224.68, an in-house SDR for €1,935.44: the agency costs €710.76 less each.',
    );
    expect(page.text).toMatch(/<svg role="img"[^>]*aria-labelledby="cost-chart-title"/);
    expect(page.text).toContain('not within 12 months');
    expect(page.text).toContain('In-house SDR · Base salary per year');
    for (const format of ['pdf', 'xlsx', 'csv']) {
      const address = `${report}/roi.${format}${MARCH}&amp;lang=en`.replaceAll('&amp;', '&');
      expect(page.text.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')).toContain(address);
      expect((await manager.get(address)).status).toBe(200);
    }
  });

  it('says so when the in-house SDR wins', async () => {
    const { manager, report } = await nordia();
    await manager.submit(
      `${report}/assumptions`,
      asForm([{ side: 'agency', input: 'retainerCents', value: '9,000' }]),
    );
    const page = await manager.get(report + MARCH);
    expect(page.text).toContain('in-house costs');
    expect(page.text).toContain('Break-even: month 1');
  });

  it('lets the account manager change an assumption: typed as people write, hypothesis until confirmed', async () => {
    const { manager, report } = await nordia();
    const form = await manager.get(`${report}/assumptions`);
    expect(form.status).toBe(200);
    expect(form.text).toContain('Base salary per year');
    expect(form.text).toContain('value="32000.00"');
    expect(form.text).toContain('value="35.11"');
    expect(form.text).toContain('Hypothesis');
    const saved = await manager.submit(
      `${report}/assumptions`,
      asForm([
        {
          side: 'inHouse',
          input: 'baseAnnualCents',
          value: '36,000.00',
          source: 'Offer 2026',
          isConfirmed: 'true',
        },
      ]),
    );
    expect(saved.status).toBe(200);
    expect(saved.text).toContain('The assumptions are saved');
    const again = await manager.get(`${report}/assumptions`);
    expect(again.text).toContain('value="36000.00"');
    expect(again.text).toContain('Offer 2026');
  });

  it('sends the whole form back with what was typed and the sentence at the field', async () => {
    const { manager, report } = await nordia();
    const items = [
      { side: 'both', input: 'horizonMonths', value: '24' },
      { side: 'agency', input: 'setupCents', value: 'a lot' },
    ];
    const refused = await manager.post(`${report}/assumptions`, asForm(items));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="a lot"');
    expect(refused.text).toContain('This value is not right.');
    const report2 = await manager.get(report + MARCH);
    expect(report2.text).toContain('Over 12 months');
  });

  it('posts all of its own fields unchanged without entering anything', async () => {
    const { client, manager, report } = await nordia();
    const html = (await manager.get(`${report}/assumptions`)).text;
    const items: Record<string, Record<string, string>> = {};
    const field = /<(?:input|select)[^>]*name="items\[(\d+)\]\[(\w+)\]"[^>]*>/g;
    for (const [tag, index, name] of html.matchAll(field)) {
      const row = (items[index!] ??= {});
      if (tag.includes('type="checkbox"') && !tag.includes(' checked')) continue;
      if (tag.startsWith('<select')) continue;
      row[name!] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
    }
    for (const [block, index] of html.matchAll(
      /<select[^>]*name="items\[(\d+)\]\[value\]"[\s\S]*?<\/select>/g,
    )) {
      items[index!]!['value'] = /value="(\w+)" selected/.exec(block)![1]!;
    }
    expect(Object.keys(items).length).toBe(40);
    const saved = await manager.submit(`${report}/assumptions`, asForm(Object.values(items)));
    expect(saved.text).toContain('The assumptions are saved');
    const rows = await world.database.read((db) =>
      db.entities.countBy('CostAssumption', { clientId: client.id }),
    );
    expect(rows).toBe(0);
  });

  it('is not there for an SDR to edit, nor for another client’s people', async () => {
    const { client, report } = await nordia();
    const sdr = await world.browser(await world.person('sdr', [client.id]));
    expect((await sdr.get(`${report}/assumptions`)).status).toBe(403);
    expect((await sdr.get(report + MARCH)).text).not.toContain('Edit the assumptions');
    const stranger = await world.browser(await world.person('manager', []));
    expect((await stranger.get(`${report}/assumptions`)).status).toBe(404);
    expect((await stranger.get(`${report}/roi.csv`)).status).toBe(404);
  });

  it('opens each unit cost onto the meetings it divides by', async () => {
    world.clock.set('2026-04-15T10:00:00Z');
    const story = await new ReportStory(world, new Date('2026-03-02T09:00:00Z')).open('2026-03-01');
    for (const name of ['Ana', 'Bo']) {
      const person = await story.prospect(name, []);
      await story.meeting(person, { bookedDay: 1, startsDay: 5, state: 'held', qualification: 'accepted' });
    }
    const manager = await world.browser(await world.person('manager', [story.clientId]));
    const page = (await manager.get(`/clients/${story.clientId}/report${MARCH}`)).text;
    const plain = page.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    // 330 of own time over two meetings
    expect(plain).toContain('€330.00 for 2 meetings');
    const href =
      /class="tile" href="([^"]*figure=meetings_qualified[^"]*)">\s*<span class="tile__label">Cost per/.exec(
        plain,
      )![1]!;
    const rows = await manager.get(href);
    expect([rows.text.includes('Ana'), rows.text.includes('Bo')]).toEqual([true, true]);
  });

  it('shows a client’s user the comparison in the portal, without pay, hiring costs, notes or rows', async () => {
    const { client, manager, report } = await nordia();
    await manager.submit(
      `${report}/assumptions`,
      asForm([{ side: 'inHouse', input: 'baseAnnualCents', value: '47,111.00', source: 'Fiche de paie' }]),
    );
    const theirs = await world.browser(await world.person('client', [client.id]));
    const page = await theirs.get('/portal/report');
    expect(page.status).toBe(200);
    expect(page.text).toContain('an in-house SDR for');
    expect(page.text).not.toMatch(
      /47,111|Fiche de paie|Base salary|Recruit|Replacing one leaver|report\/rows/,
    );
    const csv = await theirs.get(`${report}/roi.csv${MARCH}&lang=en`);
    expect(csv.text.startsWith('\ufeffSection,')).toBe(true);
    expect(csv.text).not.toMatch(/47111|Fiche de paie|Base salary|Recruit|Replacing one leaver/);
    expect((await theirs.get(`${report}/assumptions`)).status).toBe(403);
  });
});

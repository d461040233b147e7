import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import type { IcpInput } from '../../src/icp/icp.dto.js';
import { Icps } from '../../src/icp/icps.service.js';
import { Lists } from '../../src/prospects/lists/lists.service.js';
import type { ProspectInput } from '../../src/prospects/prospect.dto.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { ProspectNotes } from '../../src/prospects/notes/prospect-notes.service.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { Rejudging } from '../../src/prospects/rejudging.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { IcpTrialQueries } from '../../src/prospects/trial/icp-trials.queries.js';
import { IcpTrials } from '../../src/prospects/trial/icp-trials.service.js';
import type { TrialInput, TrialRowsQuery } from '../../src/prospects/trial/trial.dto.js';
import { reportOf } from '../support/merge-stories.js';
import { readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** Heads of sales in French firms of 50 people and more, but none at a competitor. */
const SALES = {
  name: 'Ventes',
  countries: ['FR'],
  headcount: { min: 50 },
  functions: ['sales'],
  exclusions: { domains: ['concurrent.fr'] },
} satisfies IcpInput;

onBothDatabases('an ICP at work', (world) => {
  const people: [string, Partial<ProspectInput>][] = [
    ['fit', { title: 'Directrice commerciale', country: 'FR', headcount: '120', website: 'acme.fr' }],
    ['too small', { title: 'Directrice commerciale', country: 'FR', headcount: '12', website: 'petit.fr' }],
    [
      'too small and abroad',
      { title: 'Sales director', country: 'ES', headcount: '12', website: 'chico.es' },
    ],
    ['size unknown', { title: 'Directeur des ventes', country: 'FR', website: 'inconnu.fr' }],
    ['size and country unknown', { title: 'Directeur des ventes', website: 'nulle-part.fr' }],
    [
      'at a competitor',
      { title: 'Directeur des ventes', country: 'FR', headcount: '500', website: 'concurrent.fr' },
    ],
  ];

  const setUp = async (
    name: string,
  ): Promise<Setting & { admin: Actor; ids: string[]; versionId: string }> => {
    const setting = await readyClient(world, name);
    const admin = await world.admin();
    const ids: string[] = [];
    for (const [lastName, has] of people) {
      const { id } = await world.get(Prospects).add(admin, setting.client.id, {
        ...{ firstName: 'Ana', lastName, companyName: lastName, email: `a@${has.website}` },
        ...has,
      });
      ids.push(id);
    }
    const { version } = await world.get(Icps).define(admin, setting.client.id, SALES);
    return { ...setting, admin, ids, versionId: version.id };
  };
  const tried = async (actor: Actor, clientId: string, input: TrialInput) =>
    world.get(IcpTrialQueries).get(actor, await world.get(IcpTrials).begin(actor, clientId, input));
  const names = async (actor: Actor, id: string, query: TrialRowsQuery) => {
    const { items, total } = await world.get(IcpTrialQueries).rows(actor, id, query);
    expect(total).toBe(items.length);
    return items.map(({ fullName }) => fullName.replace('Ana ', '').toLowerCase()).sort();
  };

  it('says what separates fit from unfit, what each thing alone costs, and which fact would settle most', async () => {
    const { admin, client, versionId } = await setUp('Au travail');
    const trial = await tried(admin, client.id, { icpVersionId: versionId });
    expect(trial).toMatchObject({ state: 'done', total: 6, judged: 6 });
    expect(trial.summary!.verdicts).toEqual({ fit: 1, unfit: 3, unknown: 2 });
    const figures = Object.fromEntries(
      trial.criteria.map(({ asked, at: _at, ...counts }) => [asked.name, counts]),
    );
    expect(figures).toEqual({
      // Two are too small; one of them is fit without the question, as is the one of unknown size.
      headcount: { passed: 2, failed: 2, unknown: 2, alone: 1, freed: 2, settles: 1 },
      countries: { passed: 4, failed: 1, unknown: 1, alone: 0, freed: 0, settles: 0 },
      functions: { passed: 6, failed: 0, unknown: 0, alone: 0, freed: 0, settles: 0 },
      'exclusions.domains': { passed: 5, failed: 1, unknown: 0, alone: 1, freed: 1, settles: 0 },
    });
  });

  it('opens every count onto exactly the people it counts', async () => {
    const { admin, client, versionId } = await setUp('Lignes');
    const trial = await tried(admin, client.id, { icpVersionId: versionId });
    const rows = (query: TrialRowsQuery) => names(admin, trial.id, query);
    for (const { asked, at: _at, ...counts } of trial.criteria)
      for (const [figure, count] of Object.entries(counts))
        expect(await rows({ figure: figure as 'passed', criterion: asked.name })).toHaveLength(count);
    for (const [segment, values] of Object.entries(trial.summary!.segments))
      for (const { value, fit, unfit, unknown } of values)
        expect(await rows({ segment: segment as 'country', value: value ?? '' })).toHaveLength(
          fit + unfit + unknown,
        );
    expect(await rows({ figure: 'freed', criterion: 'headcount' })).toEqual(['size unknown', 'too small']);
    expect(await rows({ verdict: 'unknown' })).toEqual(['size and country unknown', 'size unknown']);
    expect(await rows({ segment: 'country', value: 'ES' })).toEqual(['too small and abroad']);
    expect(await rows({ segment: 'headcount', value: '' })).toEqual([
      'size and country unknown',
      'size unknown',
    ]);
    await expect(rows({ figure: 'alone', criterion: 'moon' })).rejects.toMatchObject({
      fields: { criterion: 'isIn' },
    });
  });

  it('is a what-if: nothing is stored with the prospects, and the verdict they had is told beside the new one', async () => {
    const { admin, client, icp, versionId } = await setUp('Et si');
    await world.get(Rejudging).rejudge(admin, client.id);
    const verdicts = () =>
      world.database.read(async (db) =>
        (await db.entities.find(Prospect, { where: { clientId: client.id }, order: { id: 'ASC' } })).map(
          ({ id, fit, icpVersionId, version }) => [id, fit, icpVersionId, version],
        ),
      );
    const before = await verdicts();
    const trial = await tried(admin, client.id, { icpVersionId: icp.version.id });
    expect(await verdicts()).toEqual(before);
    expect(trial.version).toMatchObject({ icpName: icp.icp.name, version: 1 });
    // By sales alone Ana of "fit" is fit; of Nordia's own ICP nobody's industry is known.
    expect(trial.summary!.changes['fit']).toEqual({ fit: 0, unfit: 0, unknown: 1 });
    expect(await names(admin, trial.id, { before: 'fit', verdict: 'unknown' })).toEqual(['fit']);
    expect(versionId).not.toBe(icp.version.id);
  });

  it('looks at one list only when asked, and at nobody of another client', async () => {
    const { admin, client, ids, versionId } = await setUp('Une liste');
    const other = await setUp('Voisin');
    const list = await world.get(Lists).create(admin, client.id, 'Salon');
    await world.get(Lists).enlist(admin, list.id, [ids[0]!, ids[1]!]);
    const trial = await tried(admin, client.id, { icpVersionId: versionId, list: list.id });
    expect(trial.summary).toMatchObject({ total: 2, verdicts: { fit: 1, unfit: 1, unknown: 0 } });
    const filtered = await tried(admin, client.id, { icpVersionId: versionId, list: list.id, q: 'small' });
    expect(filtered.summary!.total).toBe(1);
    const sdr = await world.person('sdr', [other.client.id]);
    await expect(tried(sdr, client.id, { icpVersionId: versionId })).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(tried(admin, client.id, { icpVersionId: other.versionId })).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(world.get(IcpTrialQueries).get(sdr, trial.id)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('is forgotten after a day', async () => {
    world.clock.set('2027-02-01T09:00:00Z');
    const { admin, client, versionId } = await setUp('Hier');
    const { id } = await tried(admin, client.id, { icpVersionId: versionId });
    await world.get(IcpTrials).forgetOld(new Date('2027-02-02T08:59:00Z'));
    expect(await world.get(IcpTrialQueries).get(admin, id)).toMatchObject({ id });
    await world.get(IcpTrials).forgetOld(new Date('2027-02-02T09:01:00Z'));
    await expect(world.get(IcpTrialQueries).get(admin, id)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('judged again for real, those who were worked keep the verdict they were worked by, and no report moves for them', async () => {
    const { admin, client, icp, ids } = await setUp('Pour de bon');
    await world.get(Rejudging).rejudge(admin, client.id);
    await world.get(Statuses).change(admin, ids[0]!, { to: 'interested' });
    await world.get(ProspectNotes).add(admin, ids[3]!, 'À vérifier');
    const fitOf = async (id: string) =>
      (await world.database.read((db) => db.entities.findOneByOrFail(Prospect, { id }))).fit;
    const report = async () => (await reportOf(world)).rows.filter((row) => row.includes(ids[0]!));
    const before = await report();
    const sales = (await world.get(IcpTrialQueries).versions(client.id)).find(
      (one) => one.icpName === 'Ventes',
    )!;
    await world.get(Icps).refine(admin, sales.icpId, { ...SALES, countries: ['BE'] });
    await world.get(Icps).shelve(admin, icp.icp.id);
    expect(await world.get(Rejudging).rejudge(admin, client.id)).toMatchObject({ judged: 5, spared: 1 });
    expect(await fitOf(ids[0]!)).toBe('fit');
    expect(await fitOf(ids[3]!)).toBe('unfit');
    expect(await report()).toEqual(before);
    const list = await world.get(Lists).create(admin, client.id, 'Partie');
    await world.get(Lists).enlist(admin, list.id, ids.slice(0, 3));
    expect(await world.get(Rejudging).rejudge(admin, client.id, { list: list.id })).toMatchObject({
      judged: 2,
      changed: 0,
      spared: 1,
    });
  });

  describe('what is found out about a company later', () => {
    const colleague = {
      title: 'Directrice commerciale',
      country: 'FR',
      website: 'acme.fr',
      companyName: 'Acme',
    };
    const three = async (name: string) => {
      const { client } = await readyClient(world, name);
      const admin = await world.admin();
      await world.get(Icps).define(admin, client.id, SALES);
      const add = (lastName: string, has: Partial<ProspectInput> = {}) =>
        world.get(Prospects).add(admin, client.id, {
          ...{ firstName: 'Ana', lastName, email: `${lastName}@acme.fr` },
          ...colleague,
          ...has,
        });
      const people = [await add('one'), await add('two'), await add('worked')];
      await world.get(Statuses).change(admin, people[2]!.id, { to: 'replied' });
      const verdicts = () =>
        Promise.all(
          people.map(async ({ id }) => {
            const { fit, headcount } = await world.get(ProspectQueries).get(admin, id);
            return `${fit} ${headcount}`;
          }),
        );
      expect(await verdicts()).toEqual(['unknown null', 'unknown null', 'unknown null']);
      return { admin, people, add, verdicts };
    };

    it('put right at one of its people, counts for the others; whoever was worked keeps the verdict they were worked by', async () => {
      const { admin, people, verdicts } = await three('Corrigée');
      const edit = (headcount: string | null) =>
        world.get(Prospects).edit(admin, people[0]!.id, { headcount });
      await edit('120');
      expect(await verdicts()).toEqual(['fit 120', 'fit 120', 'unknown 120']);
      await edit('12');
      expect(await verdicts()).toEqual(['unfit 12', 'unfit 12', 'unknown 12']);
      await edit(null);
      expect(await verdicts()).toEqual(['unknown null', 'unknown null', 'unknown null']);
    });

    it('told of with one more of its people, is kept and counts for those known before', async () => {
      const { add, verdicts } = await three('Complétée');
      const fourth = await add('four', { headcount: '120' });
      expect(fourth).toMatchObject({ fit: 'fit', headcount: 120 });
      expect(await verdicts()).toEqual(['fit 120', 'fit 120', 'unknown 120']);
      // What is known is not overwritten by what somebody types about another person.
      expect(await add('five', { headcount: '12' })).toMatchObject({ fit: 'fit', headcount: 120 });
    });
  });
});

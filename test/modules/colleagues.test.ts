import { beforeEach, expect, it } from 'vitest';
import { Leases } from '../../src/outreach/leases.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { ColleagueReleases } from '../../src/sequences/enrolments/colleague-releases.service.js';
import { PanelQueries } from '../../src/sequences/today/panel.queries.js';
import { TodayQueries } from '../../src/sequences/today/today.queries.js';
import { Conflict, NotFound } from '../../src/shared/errors.js';
import { newId } from '../../src/shared/id.js';
import { type Company, company, WAITS, WEDNESDAY } from '../support/colleague-stories.js';
import {
  addressee,
  enrolAll,
  enrolmentIn,
  prospectNow,
  quietOthers,
  tickAt,
} from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('colleagues who wait', (world) => {
  beforeEach(() => quietOthers(world));

  const releases = () => world.get(ColleagueReleases);
  const enrolmentsOf = async ({ cast, ids }: Company): Promise<string[]> =>
    Promise.all(ids.map(async (id) => (await enrolmentIn(world, cast.sequence.id, id)).id));
  const inToday = async ({ cast }: Company) => {
    const { items, counts } = await world.get(TodayQueries).queue(cast.sdr, 'mine');
    const shown = items.filter(({ group }) => group === 'colleague');
    return { count: counts.colleague, shown: shown.map(({ prospectId, waiting }) => [prospectId, waiting]) };
  };
  /** Anne has answered; Bruno and Chloé wait. */
  async function answered(name: string): Promise<Company> {
    const story = await company(world, name);
    await world.get(Statuses).change(story.cast.sdr, story.ids[0]!, { to: 'interested' });
    story.story.posted.length = 0;
    return story;
  }

  it('stand in Today once a company, the one that has waited longest first, and leave it with the word that lets them go', async () => {
    const story = await answered('Attentes');
    const { cast, ids } = story;
    const others = [];
    for (const who of ['x', 'y'])
      others.push(await addressee(world, cast.client.id, { email: `${who}@plus-tard.example` }));
    await enrolAll(world, cast, others);
    world.clock.set('2027-01-11T10:00:00Z');
    await world.get(Statuses).change(cast.sdr, others[0]!, { to: 'replied' });
    expect(await inToday(story)).toEqual({
      count: 2,
      shown: [
        [ids.slice(1, 3).sort()[0], 2],
        [others[1], 1],
      ],
    });
    const [, bruno, chloe] = await enrolmentsOf(story);
    const { released, left } = await releases().release(cast.sdr, 'resume', [bruno!, chloe!]);
    expect({ released, left }).toEqual({ released: 2, left: [] });
    expect(await inToday(story)).toEqual({ count: 1, shown: [[others[1], 1]] });
  });

  it('the panel of each of them, and of whoever answered, says who waits and for whom', async () => {
    const { cast, ids } = await answered('Fiche');
    const panels = world.get(PanelQueries);
    for (const id of ids.slice(0, 3)) {
      const company = await panels.waitingWith(await panels.prospect(cast.sdr, id));
      expect(new Set(company!.people.map(({ prospectId }) => prospectId))).toEqual(new Set(ids.slice(1, 3)));
      expect(company!.answered).toEqual([{ id: ids[0], fullName: 'Anne Roux', status: 'interested' }]);
    }
    expect(await panels.waitingWith(await panels.prospect(cast.sdr, ids[3]!))).toBeNull();
  });

  it('nothing goes out to them while they wait; let go on, each has their next message in its window, once', async () => {
    const story = await answered('Reprises');
    const [, bruno] = await enrolmentsOf(story);
    await tickAt(world, WEDNESDAY);
    expect(story.story.posted).toHaveLength(1);
    // Late on Saturday: not before Monday morning where they are.
    world.clock.set('2027-01-16T21:00:00Z');
    await releases().release(story.cast.sdr, 'resume', [bruno!]);
    const { nextPosition, dueAt, state } = await enrolmentIn(world, story.cast.sequence.id, story.ids[1]!);
    expect({ nextPosition, state }).toEqual({ nextPosition: 2, state: 'active' });
    expect(dueAt!.getTime()).toBeLessThan(Date.parse('2027-01-18T16:30:00Z'));
    story.story.posted.length = 0;
    for (const at of ['2027-01-16T21:01:00Z', '2027-01-18T16:30:00Z']) {
      await tickAt(world, at);
      const subjects = story.story.posted
        .filter(({ mail }) => mail.to.address.startsWith('bruno'))
        .map(({ mail }) => mail.subject);
      expect(subjects).toEqual(at.startsWith('2027-01-16') ? [] : ['Re: Bonjour Claire']);
    }
    expect(story.story.posted.some(({ mail }) => mail.to.address.startsWith('chloe'))).toBe(false);
  });

  it('those somebody else has open, or who wait no more, are left with the reason', async () => {
    const story = await answered('Restes');
    const { cast, ids, stand } = story;
    const [anne, bruno, chloe] = await enrolmentsOf(story);
    const other = await world.person('sdr', [cast.client.id], 'Odile Autre');
    await world.get(Leases).take(other, ids[1]!, newId());
    const { released, left } = await releases().release(cast.sdr, 'resume', [anne!, bruno!, chloe!]);
    expect({ released, left }).toEqual({
      released: 1,
      left: [
        { enrolmentId: anne, name: 'Anne Roux', reason: 'not_waiting' },
        { enrolmentId: bruno, name: 'Bruno Roux', reason: 'leased' },
      ],
    });
    expect(await stand()).toEqual(['finished replied', WAITS, 'active null', 'active null']);
    const stranger = await world.person('sdr', [], 'Loin');
    await expect(releases().release(stranger, 'end', [bruno!])).rejects.toBeInstanceOf(NotFound);
  });

  it('taken back, they wait as before, whether they were let go on or taken out', async () => {
    const story = await answered('Retours');
    const { cast, ids, stand } = story;
    const waiting = (await enrolmentsOf(story)).slice(1, 3);
    const before = await stand();
    for (const act of ['resume', 'end'] as const) {
      const { id } = await releases().release(cast.sdr, act, waiting);
      const then = act === 'resume' ? 'active null' : 'finished removed';
      expect((await stand()).slice(1, 3)).toEqual([then, then]);
      if (act === 'end') expect((await prospectNow(world, ids[1]!)).status).toBe('unreachable');
      expect((await releases().undo(cast.sdr, id!)).undone).toBe(2);
      expect(await stand()).toEqual(before);
      expect((await prospectNow(world, ids[1]!)).status).toBe('in_sequence');
      await expect(releases().undo(cast.sdr, id!)).rejects.toBeInstanceOf(Conflict);
    }
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    expect(await stand()).toEqual(ids.map(() => 'active null'));
  });

  it('whoever has had their mail since, or was worked on, is not called back', async () => {
    const story = await answered('Trop tard');
    const { cast, ids, stand } = story;
    const waiting = (await enrolmentsOf(story)).slice(1, 3);
    world.clock.set(WEDNESDAY);
    const { id } = await releases().release(cast.sdr, 'resume', waiting.slice(0, 1));
    const refused: unknown[] = [];
    const tryUndo = async () =>
      void refused.push(
        await releases()
          .undo(cast.sdr, id!)
          .catch((error: unknown) => error),
      );
    // While the server has the mail, and after.
    story.story.answer = ({ to }) => (to.address.startsWith('bruno') ? tryUndo() : undefined);
    await tickAt(world, WEDNESDAY);
    await tryUndo();
    expect(refused).toEqual([expect.any(Conflict), expect.any(Conflict)]);
    expect((await stand()).slice(1, 3)).toEqual(['active null', WAITS]);
    const next = await releases().release(cast.sdr, 'resume', waiting.slice(1));
    await world.get(Statuses).change(cast.sdr, ids[2]!, { to: 'not_interested' });
    await expect(releases().undo(cast.sdr, next.id!)).rejects.toBeInstanceOf(Conflict);
    expect((await stand()).slice(1, 3)).toEqual([WAITS, 'finished replied']);
  });
});

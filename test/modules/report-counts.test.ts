import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Clients } from '../../src/clients/clients.service.js';
import { Engagements } from '../../src/clients/engagements.service.js';
import { figuresFor } from '../../src/reporting/figures.js';
import { Projection } from '../../src/reporting/facts/projection.service.js';
import { breakdowns, views } from '../../src/reporting/report-request.js';
import { type ReportAsk, Reports } from '../../src/reporting/reports.queries.js';
import { ReportStory, type ToldFact } from '../support/report-stories.js';
import { onBothDatabases, type World } from '../support/world.js';

/** The same numbers each time: a small linear generator, so that a red test can be told again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

const OUTCOMES = ['held', 'held', 'held', 'no_show_guest', 'no_show_host', 'cancelled_by_client', 'booked'];
const DECISIONS = ['accepted', 'lapsed', 'contested', 'claimed', 'none'];

/** Ninety people worked in every way over two months, with mistakes taken back and meetings of all ends. */
async function busyQuarter(world: World, story: ReportStory): Promise<void> {
  const roll = dice(42);
  const sequences = [await story.sequence('Dirigeants'), await story.sequence('Achats')];
  const icps = [await story.icp('PME industrielles'), await story.icp('Négoce')];
  const sdrs = [
    await world.person('sdr', [story.clientId], 'Sam'),
    await world.person('sdr', [story.clientId], 'Lou'),
  ];
  for (let n = 0; n < 90; n++) {
    const userId = sdrs[roll(2)]!.userId;
    const sequenceId = sequences[roll(2)]!;
    const day = roll(70);
    const facts: ToldFact[] = [{ kind: 'prospect.created', day: 0 }];
    if (n % 15 > 0) {
      facts.push({ kind: 'enrolment.started', day, details: { sequenceId } });
      facts.push({
        kind: 'touch',
        day: day + 0.1,
        userId,
        channel: 'email',
        result: roll(6) ? 'sent' : 'bounced',
      });
      const invite = roll(3) ? 'sent' : 'accepted';
      if (roll(2))
        facts.push({ kind: 'touch', day: day + 2, userId, channel: 'linkedin_invite', result: invite });
      const call = ['no_answer', 'voicemail', 'conversation', 'wrong_number', 'skipped'][roll(5)]!;
      if (roll(2)) {
        const id = `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`;
        facts.push({ kind: 'touch', id, day: day + 3, userId, channel: 'call', result: call });
        if (roll(4) === 0) facts.push({ kind: 'undo', day: day + 3.001, userId, undoesId: id });
      }
      const answer = ['replied', 'interested', 'not_interested', 'wrong_person', 'do_not_contact'][roll(5)]!;
      if (roll(3) === 0) {
        const id = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
        facts.push({ kind: 'status', id, day: day + 4, userId, from: 'in_sequence', to: answer });
        if (roll(4) === 0) facts.push({ kind: 'undo', day: day + 4.001, userId, undoesId: id });
      }
      if (roll(2)) facts.push({ kind: 'enrolment.finished', day: day + 5 });
    }
    const icp = icps[roll(3)];
    const fit = roll(9) ? 'fit' : 'unfit';
    const id = await story.prospect(`Personne ${n}`, facts, icp ? { icpVersionId: icp, fit } : { fit });
    if (n % 15 > 0 && roll(4) === 0) {
      const state = OUTCOMES[roll(OUTCOMES.length)]!;
      const qualification = state === 'held' ? DECISIONS[roll(DECISIONS.length)]! : 'none';
      const channel = ['email', 'call', 'linkedin_message', null][roll(4)]!;
      const meeting = { bookedDay: day + 6, startsDay: day + 9, state, qualification, channel, userId };
      await story.meeting(id, meeting);
    }
  }
}

onBothDatabases('The report of a client', (world) => {
  let story: ReportStory;
  let admin: Actor;

  beforeAll(async () => {
    admin = await world.admin();
    // Day 0 is Monday 2 March 2026; "now" is day 80, 21 May.
    world.clock.set('2026-05-21T10:00:00Z');
    story = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01');
    await busyQuarter(world, story);
  });

  const report = (ask: ReportAsk) => world.get(Reports).funnel(admin, story.clientId, ask);

  async function rowsBehind(
    ask: ReportAsk,
    figure: string,
    line?: string,
  ): Promise<{ found: number; count: number }> {
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let pages = 0; pages < 100; pages++) {
      const answer = await world.get(Reports).rows(admin, story.clientId, {
        ...ask,
        figure,
        limit: 7,
        ...(line ? { line } : {}),
        ...(cursor ? { cursor } : {}),
      });
      for (const row of answer.items) seen.add(row.id);
      if (answer.nextCursor === null) return { found: seen.size, count: answer.count };
      cursor = answer.nextCursor;
    }
    throw new Error('the pages do not end');
  }

  describe.each(views)('in the %s view', (view) => {
    const april = { view, from: '2026-03-20', to: '2026-04-20' };

    it('opens each figure of the total onto exactly the rows it counts', async () => {
      const { total } = await report(april);
      expect(Object.keys(total.counts).sort()).toEqual(Object.keys(figuresFor(view, null)).sort());
      const told = Object.values(total.counts).filter((count) => count > 0).length;
      expect(told).toBeGreaterThan(15);
      for (const [figure, count] of Object.entries(total.counts)) {
        expect([figure, await rowsBehind(april, figure)]).toEqual([figure, { found: count, count }]);
      }
    });

    it.each(breakdowns)('opens each figure of each %s onto exactly the rows it counts', async (by) => {
      const { lines } = await report({ ...april, by });
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) {
        for (const [figure, count] of Object.entries(line.counts)) {
          const behind = await rowsBehind({ ...april, by }, figure, line.id ?? 'none');
          expect([line.name, figure, behind]).toEqual([line.name, figure, { found: count, count }]);
        }
      }
    });

    it.each(['sequence', 'sdr', 'icp'] as const)('is the sum of its %s lines', async (by) => {
      const { total, lines } = await report({ ...april, by });
      for (const figure of Object.keys(figuresFor(view, by))) {
        const sum = lines.reduce((all, line) => all + line.counts[figure]!, 0);
        expect([figure, sum]).toEqual([figure, total.counts[figure]]);
      }
    });
  });

  it('says every rate of the specification, each with its two counts', async () => {
    const { total } = await report({ view: 'cohort', from: '2026-03-01', to: '2026-05-31' });
    for (const rate of Object.values(total.rates)) {
      expect(rate.numerator).toBe(total.counts[rate.of]);
      expect(rate.denominator).toBe(total.counts[rate.among]);
    }
    expect(total.rates).toHaveProperty('hard_bounce');
    expect(total.rates['booking']!.denominator).toBe(total.counts['contacted']);
  });

  it('is the same after everything is counted anew from the facts', async () => {
    const ask: ReportAsk = { view: 'cohort', from: '2026-03-01', to: '2026-05-31', by: 'channel' };
    const before = await report(ask);
    expect(await world.get(Projection).rebuild()).toBe(90);
    expect(await report(ask)).toEqual(before);
    expect(await world.get(Projection).compare()).toEqual({ prospects: 90, different: [], waiting: 0 });
  });

  it('notices a row that is not what its facts say', async () => {
    await world.database.write((tx) =>
      tx.entities.query(
        `UPDATE prospect_funnel SET reached = 11 WHERE prospect_id IN (SELECT MIN(id) FROM prospect)`,
      ),
    );
    expect((await world.get(Projection).compare()).different).toHaveLength(1);
    await world.get(Projection).rebuild();
    expect((await world.get(Projection).compare()).different).toHaveLength(0);
  });

  it('lets a mail count as a contact when three days have passed, without anything else happening', async () => {
    world.clock.set('2026-05-22T10:00:00Z');
    const ask: ReportAsk = { view: 'cohort', from: '2026-05-22', to: '2026-05-22' };
    // Day 81 at 08:00 UTC is 22 May: the mail leaves then, and is a contact from 25 May 08:00 on.
    await story.prospect('Zoé Nouvelle', [
      { kind: 'prospect.created', day: 81 },
      { kind: 'touch', day: 81, channel: 'email', result: 'sent' },
    ]);
    expect((await report(ask)).total.counts).toMatchObject({
      ...{ attempted: 1, contacted: 0, mail_waiting: 1, immature: 1 },
    });
    world.clock.set('2026-05-25T07:59:59Z');
    expect((await report(ask)).total.counts).toMatchObject({ contacted: 0 });
    world.clock.set('2026-05-25T08:00:00Z');
    expect((await report(ask)).total.counts).toMatchObject({
      ...{ contacted: 1, mail_delivered: 1, mail_waiting: 0, immature: 1 },
    });
    world.clock.set('2026-06-12T08:00:00Z');
    expect((await report(ask)).total.counts).toMatchObject({ contacted: 1, immature: 0 });
  });

  it('counts a person once in each engagement, by the day a new one starts', async () => {
    await story.engagement('2026-06-20');
    const id = await story.prospect('Ana Fidèle', [
      { kind: 'prospect.created', day: 100 },
      // Day 105 is 15 June, in the first engagement; day 115 is 25 June, in the second.
      { kind: 'touch', day: 105, channel: 'call', result: 'no_answer' },
      { kind: 'touch', day: 115, channel: 'call', result: 'conversation' },
    ]);
    world.clock.set('2026-07-10T08:00:00Z');
    const ask: ReportAsk = { view: 'cohort', from: '2026-06-14', to: '2026-06-30' };
    const { counts } = (await report(ask)).total;
    expect(counts).toMatchObject({ attempted: 2, contacted: 1, dials: 2, conversations: 1 });
    for (const figure of ['attempted', 'dials']) {
      const rows = await world.get(Reports).rows(admin, story.clientId, { ...ask, figure });
      expect(rows.items.map((row) => row.prospectId)).toEqual([id, id]);
    }
  });

  it('counts a client anew when its days move, and owes it until it is done, whoever dies in between', async () => {
    const projection = world.get(Projection);
    await story.prospect('Max Minuit', [
      { kind: 'prospect.created', day: 100 },
      // 20 June, 8:00 in London: the first day of the second engagement in Paris, the evening before it in Samoa.
      { kind: 'touch', day: 110, channel: 'call', result: 'conversation' },
    ]);
    await projection.catchUp();
    expect(await projection.compare()).toMatchObject({ different: [], waiting: 0 });
    await world.get(Clients).edit(admin, story.clientId, { timeZone: 'Pacific/Pago_Pago' });
    const owed = await projection.compare();
    expect([owed.different, owed.waiting > 0]).toEqual([[], true]);
    await projection.catchUp();
    expect(await projection.compare()).toMatchObject({ different: [], waiting: 0 });
    const engagements = world.get(Engagements);
    await engagements.amend(admin, story.engagementId, {
      startsOn: '2026-01-15',
      endsOn: '2026-06-19',
      targets: {},
      price: {},
    });
    expect((await projection.compare()).waiting).toBeGreaterThan(0);
    await projection.catchUp();
    expect(await projection.compare()).toMatchObject({ different: [], waiting: 0 });
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Engine } from '../../src/sequences/engine/engine.service.js';
import { OutgoingMails } from '../../src/outreach/outgoing/outgoing-mails.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import {
  addressee,
  engineCast,
  enrolAll,
  mailsTo,
  prospectNow,
  quietOthers,
  type StoryMailer,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('mails of one claim, one after the other', (world) => {
  let story: StoryMailer;
  beforeEach(async () => {
    await quietOthers(world);
    world.clock.set(MONDAY);
    story = storyMailer(world);
  });
  afterEach(() => void vi.restoreAllMocks());

  /** Three people due at once, from one mailbox that keeps no distance. */
  async function threeDue(name: string) {
    const cast = await engineCast(world, name, { mailbox: { gapMinSeconds: 0, gapMaxSeconds: 0 } });
    const people: string[] = [];
    for (let one = 0; one < 3; one += 1) people.push(await addressee(world, cast.client.id));
    await enrolAll(world, cast, people);
    return { cast, people };
  }
  const states = async (people: readonly string[]) =>
    (await Promise.all(people.map((id) => mailsTo(world, id)))).map((mails) =>
      mails.map(({ state }) => state),
    );
  const placeOf = async (people: readonly string[], address: string) => {
    const found = await Promise.all(people.map((id) => prospectNow(world, id)));
    return found.findIndex(({ email }) => email === address);
  };

  it('who objects while the mail before is on its way gets none; the others get theirs', async () => {
    const { cast, people } = await threeDue('Entre deux mails');
    let opposed = -1;
    story.answer = async ({ to }) => {
      if (opposed >= 0) return;
      opposed = ((await placeOf(people, to.address)) + 1) % 3;
      const { email } = await prospectNow(world, people[opposed]!);
      await world.get(SuppressionList).add(cast.sdr, cast.client.id, {
        kind: 'email',
        value: email!,
        reason: 'A demandé',
      } as never);
    };
    await tickAt(world, MONDAY);
    const expected = people.map((_, place) => (place === opposed ? [] : ['sent']));
    expect(await states(people)).toEqual(expected);
  });

  it('what left is written down when the next cannot be begun', async () => {
    const { people } = await threeDue('Suivant en panne');
    const mails = world.get(OutgoingMails);
    const begin = mails.begin.bind(mails);
    let begun = 0;
    vi.spyOn(mails, 'begin').mockImplementation((tx, id) => {
      begun += 1;
      return begun === 2 ? Promise.reject(new Error('no disk')) : begin(tx, id);
    });
    await tickAt(world, MONDAY);
    expect((await states(people)).flat().sort()).toEqual(['claimed', 'claimed', 'sent']);
    expect(story.posted).toHaveLength(1);
    // The next worker takes up what was left.
    for (const minute of [11, 12, 25]) await tickAt(world, `2027-01-11T09:${minute}:00Z`);
    expect((await states(people)).flat()).toEqual(['sent', 'sent', 'sent']);
    expect(story.posted).toHaveLength(3);
  });

  it('told to stop, it ends the mail under way and gives the others back', async () => {
    const { people } = await threeDue('Arrêt');
    const stop = new AbortController();
    story.answer = () => stop.abort();
    expect(await world.get(Engine).tick(world.clock.now(), stop.signal)).toMatchObject({ delivered: 1 });
    expect((await states(people)).flat()).toEqual(['sent']);
    story.answer = () => undefined;
    await tickAt(world, '2027-01-11T09:01:00Z');
    expect((await states(people)).flat()).toEqual(['sent', 'sent', 'sent']);
  });
});

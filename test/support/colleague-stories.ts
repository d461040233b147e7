import {
  addressee,
  type EngineCast,
  engineCast,
  enrolAll,
  enrolmentIn,
  type StoryMailer,
  storyMailer,
  tickAt,
} from './engine-stories.js';
import type { World } from './world.js';

/** A Monday, 10:00 in Paris; the second mail is due on the Wednesday. */
export const MONDAY = '2027-01-11T09:00:00Z';
export const WEDNESDAY = '2027-01-13T10:00:00Z';
export const WAITS = 'paused colleague_replied';

export interface Company {
  cast: EngineCast;
  /** Anne, Bruno and Chloé of one company, then somebody of another. */
  ids: string[];
  /** State and reason of each, in their order. */
  stand: () => Promise<string[]>;
  story: StoryMailer;
}

/** Three of one company and one of another, all written to on Monday. */
export async function company(world: World, name: string): Promise<Company> {
  world.clock.set(MONDAY);
  const story = storyMailer(world);
  const cast = await engineCast(world, name, { mailbox: { gapMinSeconds: 0, gapMaxSeconds: 0 } });
  const domain = `${name.toLowerCase()}.example`;
  const ids: string[] = [];
  for (const who of ['Anne', 'Bruno', 'Chloe'])
    ids.push(
      await addressee(world, cast.client.id, {
        fullName: `${who} Roux`,
        email: `${who.toLowerCase()}@${domain}`,
      }),
    );
  ids.push(await addressee(world, cast.client.id));
  await enrolAll(world, cast, ids);
  await tickAt(world, MONDAY);
  const stand = () =>
    Promise.all(
      ids.map(async (id) => {
        const { state, reason } = await enrolmentIn(world, cast.sequence.id, id);
        return `${state} ${reason}`;
      }),
    );
  return { cast, ids, stand, story };
}

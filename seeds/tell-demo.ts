import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Actor } from '../src/accounts/actor.js';
import { People } from '../src/accounts/people.service.js';
import { ClientTeam } from '../src/clients/client-team.service.js';
import { Clients } from '../src/clients/clients.service.js';
import { Contacts } from '../src/clients/contacts.service.js';
import { Engagements } from '../src/clients/engagements.service.js';
import { Clock } from '../src/clock/clock.service.js';
import { Icps } from '../src/icp/icps.service.js';
import { ImportFiles } from '../src/prospects/import/import-files.service.js';
import { ImportRunner } from '../src/prospects/import/import-runner.service.js';
import { Imports } from '../src/prospects/import/imports.service.js';
import { makeIdsOf } from '../src/shared/id.js';
import { Projection } from '../src/reporting/facts/projection.service.js';
import { Agenda } from './agenda.js';
import { type Account, AGENCY, PASSWORD, PEOPLE } from './cast.js';
import { GovernanceStory, noticeOf, WRITTEN_BEFORE } from './governance-story.js';
import { morningOf } from './morning.js';
import { Dice } from './random.js';
import { tellFreshClaims } from './fresh-claims.js';
import { tellInbox } from './inbox-story.js';
import { tellLookAlikes } from './look-alikes.js';
import { Story } from './story.js';
import { actorOf, type Stage, workdayBefore } from './teller.js';

const ZONE = 'Europe/Paris';

type Cast = Record<keyof typeof PEOPLE, Actor>;

/** What is told, and where from. */
export interface Demo {
  /** The day it is told up to, half past eight in the morning; that must have been. */
  today: DateTime;
  accounts: readonly Account[];
  /** Holds the CSV files of the accounts. */
  dataFolder: string;
  say: (line: string) => void;
}

/**
 * Fills an empty database with the demo agency: every act goes through the services, as people's own would, with the
 * clock set to its day. The same morning gives the same rows, ids included, but for what is secret; so the clock's ticks
 * stand still, and ids are made of the story's clock and of dice.
 */
export async function tellDemo(app: INestApplicationContext, demo: Demo): Promise<void> {
  const clock = app.get(Clock, { strict: false });
  const machine = {
    now: clock.now.bind(clock),
    ticks: clock.ticks.bind(clock),
    busyTicks: clock.busyTicks.bind(clock),
  };
  let at = demo.today.minus({ months: 6, days: 7 }).toJSDate();
  Object.assign(clock, { now: () => at, ticks: () => 0, busyTicks: () => 0 });
  const dice = new Dice(1);
  makeIdsOf({ now: () => at.getTime(), fill: (bytes) => dice.fill(bytes) });
  try {
    await tellUntilMorning(app, demo, (moment) => (at = moment));
    demo.say('counting');
    await app.get(Projection, { strict: false }).catchUp();
  } finally {
    Object.assign(clock, machine);
    makeIdsOf(null);
  }
}

async function tellUntilMorning(
  app: INestApplicationContext,
  { today, accounts, dataFolder, say }: Demo,
  set: (at: Date) => void,
): Promise<void> {
  const cast = await gather(app);
  const agenda = new Agenda();
  const stories: Story[] = [];
  const stages: Stage[] = [];
  for (const [index, account] of accounts.entries()) {
    const startsOn = today.minus({ months: account.monthsAgo }).startOf('month');
    agenda.add(startsOn.minus({ days: WRITTEN_BEFORE }).plus({ hours: 7 }).toJSDate(), async () => {
      say(`${account.client.name}: client, engagement, ICP, ${account.files.length} file(s)`);
      const stage = await openAccount(app, account, cast, { startsOn, today, agenda, dataFolder });
      stages.push(stage);
      stories.push(new Story(app, stage, agenda, new Dice(1000 + index)));
    });
  }
  const morning = morningOf(today);
  const first = today.minus({ months: 6 }).startOf('month');
  const lastWorkday = today.minus({ days: today.weekday === 1 ? 3 : today.weekday === 7 ? 2 : 1 });
  for (let day = first; day < morning; day = day.plus({ days: 1 })) {
    if (day.day === 1) say(day.setLocale('en').toFormat('LLLL yyyy'));
    await agenda.play(day.plus({ hours: 8 }).toJSDate(), set);
    stories.forEach((story) => story.planDay(day, day >= lastWorkday));
    const end = day.plus({ days: 1 });
    await agenda.play((end < morning ? end : morning).toJSDate(), set);
  }
  set(morning.toJSDate());
  const desk = await inboxOf(app, cast);
  await tellInbox(app, desk, morning);
  await tellLookAlikes(app, desk);
  await tellFreshClaims(app, stages.slice(0, 2));
}

/** The first client's mail, and who looks after it. */
async function inboxOf(app: INestApplicationContext, { lea, manager }: Cast) {
  const sdr = await actorOf(app, lea.userId);
  const clientId = sdr.clients === 'all' ? '' : sdr.clients[0]!;
  return { clientId, sdr, manager: await actorOf(app, manager.userId) };
}

async function gather(app: INestApplicationContext): Promise<Cast> {
  const people = app.get(People, { strict: false });
  const { admin, ...others } = PEOPLE;
  const founded = await people.found({ ...AGENCY, name: admin.name, email: admin.email, password: PASSWORD });
  const founder = await actorOf(app, founded.userId);
  const cast = { admin: founder } as Cast;
  for (const [key, person] of Object.entries(others)) {
    const { user, secret } = await people.invite(founder, { ...person, locale: 'fr' });
    await people.acceptInvitation(secret, PASSWORD);
    cast[key as keyof Cast] = await actorOf(app, user.id);
  }
  return cast;
}

/** When the story of an account begins, and what it is told from. */
interface Ground {
  startsOn: DateTime;
  today: DateTime;
  agenda: Agenda;
  dataFolder: string;
}

async function openAccount(
  app: INestApplicationContext,
  account: Account,
  cast: Cast,
  { startsOn, today, agenda, dataFolder }: Ground,
): Promise<Stage> {
  const get = <T>(service: Type<T> | (abstract new (...args: never[]) => T)): T =>
    app.get<T>(service, { strict: false });
  const { admin } = cast;
  const client = await get(Clients).open(admin, {
    ...account.client,
    ...noticeOf(account),
    timeZone: ZONE,
    currency: 'EUR',
  });
  for (const key of ['manager', ...account.sdrs] as const)
    await get(ClientTeam).assign(admin, client.id, cast[key].userId);
  const hosts = [];
  for (const host of account.hosts)
    hosts.push(await get(Contacts).add(admin, client.id, { ...host, isHost: true }));
  await get(Engagements).agree(admin, client.id, {
    ...account.engagement,
    startsOn: startsOn.toISODate()!,
    agencyReferentId: cast.manager.userId,
    clientReferentId: hosts[0]!.id,
  });
  await get(Icps).define(admin, client.id, account.icp);
  for (const { name, list, broughtDaysAgo } of account.files) {
    const file = { path: join(dataFolder, name), name, list };
    if (broughtDaysAgo === undefined) await bring(app, admin, client.id, file);
    else {
      const on = workdayBefore(today.minus({ days: broughtDaysAgo }));
      agenda.add(on.set({ hour: 14 }).toJSDate(), () => bring(app, admin, client.id, file));
    }
  }
  const { user, secret } = await get(People).invite(admin, {
    ...account.portal,
    role: 'client',
    clientId: client.id,
    locale: 'fr',
  });
  await get(People).acceptInvitation(secret, PASSWORD);
  const sdr = await actorOf(app, cast[account.sdrs[0]!].userId);
  const voices = {
    sdr,
    manager: await actorOf(app, cast.manager.userId),
    portal: await actorOf(app, user.id),
  };
  const messages = new GovernanceStory(app, agenda, account, client.id, voices);
  return {
    clientId: client.id,
    sequenceId: await messages.begin(startsOn, today),
    hostIds: hosts.map(({ id }) => id),
    sdr,
    portal: voices.portal,
    criteria: account.engagement.qualificationCriteria!.map(({ key }) => key!),
    temper: account.temper,
    pace: account.pace,
    startsOn,
  };
}

async function bring(
  app: INestApplicationContext,
  actor: Actor,
  clientId: string,
  file: { path: string; name: string; list: string },
): Promise<void> {
  const kept = await app.get(ImportFiles, { strict: false }).keep(createReadStream(file.path));
  const received = { ...kept, fileName: file.name };
  const { id } = await app
    .get(Imports, { strict: false })
    .receive(actor, clientId, received, { listName: file.list }, 'bring');
  await app.get(ImportRunner, { strict: false }).finished(id);
}

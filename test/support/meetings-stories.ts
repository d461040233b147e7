import type { Actor } from '../../src/accounts/actor.js';
import { Booking } from '../../src/meetings/booking.service.js';
import type { MeetingRow } from '../../src/meetings/meeting-row.js';
import { Outcomes } from '../../src/meetings/outcomes.service.js';
import { Qualification } from '../../src/meetings/qualification.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { newId } from '../../src/shared/id.js';
import { readyClient, type Setting } from './stories.js';
import type { World } from './world.js';

export interface Cast extends Setting {
  sdr: Actor;
  /** A person of the client. */
  buyer: Actor;
}

/** A client ready for work, an SDR who works for it, and a person of the client. */
export async function castOf(world: World, name = 'Nordia'): Promise<Cast> {
  const setting = await readyClient(world, name);
  return {
    ...setting,
    sdr: await world.person('sdr', [setting.client.id], 'Sami Sdr'),
    buyer: await world.person('client', [setting.client.id], 'Camille Cliente'),
  };
}

/** Somebody to meet. */
export async function aProspect(
  world: World,
  clientId: string,
  fields: Partial<Prospect> = {},
): Promise<Prospect> {
  const now = world.clock.now();
  const fullName = fields.fullName ?? 'Claire Vasseur';
  const prospect = {
    id: newId(),
    clientId,
    fullName,
    sortName: fullName.toLowerCase(),
    companyName: 'Métallerie Roux',
    companySort: 'metallerie roux',
    searchText: fullName.toLowerCase(),
    title: 'Directrice générale',
    email: 'claire@roux.example',
    status: 'interested',
    statusAt: now,
    source: 'manual',
    createdAt: now,
    updatedAt: now,
    lastActivityAt: now,
    ...fields,
  } as Prospect;
  await world.database.write((tx) => tx.entities.insert(Prospect, prospect));
  return prospect;
}

/** A meeting of a new prospect at a time, with the client's host. */
export async function aMeeting(world: World, cast: Cast, startsAt: string): Promise<MeetingRow> {
  const prospect = await aProspect(world, cast.client.id);
  return world.get(Booking).book(cast.sdr, prospect.id, { startsAt, hostId: cast.host.id });
}

/** The same, held and claimed the moment it ended. */
export async function aClaim(world: World, cast: Cast, startsAt: string): Promise<MeetingRow> {
  const meeting = await aMeeting(world, cast, startsAt);
  world.clock.set(meeting.endsAt);
  await world.get(Outcomes).hold(cast.sdr, meeting.id, {});
  return world.get(Qualification).claim(cast.sdr, meeting.id, { criteria: ['budget', 'need'] });
}

export async function statusOf(world: World, prospectId: string): Promise<string> {
  return world.database.read(
    async (db) => (await db.entities.findOneByOrFail(Prospect, { id: prospectId })).status,
  );
}

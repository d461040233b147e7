import sql from 'sql-template-tag';
import type { Actor } from '../../src/accounts/actor.js';
import { text } from '../../src/database/rows.js';
import { readyClient } from './stories.js';
import { mailIn } from './cockpit-stories.js';
import { mailboxOf } from './engine-stories.js';
import type { World } from './world.js';

/** One of each thing of one client, made through the API, and the people around it. */
export interface Estate {
  /** Path parameters by what comes before them: `clients` → the client's id. */
  ids: Record<string, string>;
  people: Record<'admin' | 'manager' | 'sdr' | 'client' | 'otherManager' | 'otherSdr' | 'otherClient', Actor>;
}

/** Builds the estate of Nordia, and beside it people who belong to another client only. */
export async function buildEstate(world: World): Promise<Estate> {
  const { client, engagement, icp, host } = await readyClient(world);
  const other = await readyClient(world, 'Autre');
  const people: Estate['people'] = {
    admin: await world.admin(),
    manager: await world.person('manager', [client.id], 'Mona Manager'),
    sdr: await world.person('sdr', [client.id], 'Sam Sdr'),
    client: await world.person('client', [client.id], 'Cleo Client'),
    otherManager: await world.person('manager', [other.client.id], 'Otto Manager'),
    otherSdr: await world.person('sdr', [other.client.id], 'Olga Sdr'),
    otherClient: await world.person('client', [other.client.id], 'Oscar Client'),
  };
  const api = await world.api(people.manager);
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await api.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return (answer.body as { id: string }).id;
  };
  const prospect = await made(`/clients/${client.id}/prospects`, {
    firstName: 'Pia',
    lastName: 'Prospect',
    email: 'pia@atelier.example',
    phone: '+33 1 99 00 00 01',
    companyName: 'Atelier',
  });
  const spare = await made(`/clients/${client.id}/prospects`, {
    firstName: 'Rémi',
    lastName: 'Réserve',
    email: 'remi@reserve.example',
    phone: '+33 1 99 00 00 02',
    companyName: 'Réserve',
  });
  const sequence = await made(`/clients/${client.id}/sequences`, {
    name: 'Une séquence',
    steps: [{ day: 0, channel: 'call', variants: [{ body: 'Appeler.' }] }],
  });
  await api.post(`/sequences/${sequence}/submit`, {});
  await api.post(`/sequences/${sequence}/approve`, { reason: 'Accord donné au téléphone' });
  await api.post(`/sequences/${sequence}/test`, { size: 1, filter: { q: 'Réserve' } });
  const enrolment = await world.database.read((db) =>
    db.row(sql`SELECT id FROM enrolment WHERE sequence_id = ${sequence}`, { id: text }),
  );
  const mailbox = await mailboxOf(world, client.id, { state: 'paused', pausedReason: 'untested' });
  const answered = await mailIn(world, mailbox, { prospectId: spare, html: '<p>Oui</p>' });
  const upload = await api.upload(`/clients/${client.id}/imports`, {
    name: 'one.csv',
    content: 'First Name,Last Name,Email,Company Name\nIda,Importée,ida@import.example,Import\n',
  });
  const double = (firstName: string): Promise<string> =>
    made(`/clients/${client.id}/prospects`, {
      ...{ firstName, lastName: 'Double', companyName: 'Double' },
      email: `${firstName.toLowerCase()}@double.example`,
    });
  const [kept, gone, lookalike] = [await double('Pierre'), await double('Pierrot'), await double('P')];
  const ids: Record<string, string> = {
    clients: client.id,
    contacts: host.id,
    engagements: engagement.engagement.id,
    icps: icp.icp.id,
    prospects: prospect,
    sequences: sequence,
    messages: sequence,
    enrolments: enrolment!.id,
    imports: (upload.body as { id: string }).id,
    suppressions: await made(`/clients/${client.id}/suppressions`, {
      kind: 'domain',
      value: 'non.example',
      reason: 'A demandé à ne plus être contacté',
    }),
    meetings: await made(`/prospects/${spare}/meetings`, {
      startsAt: new Date(world.clock.now().getTime() + 5 * 86_400_000).toISOString(),
      hostId: host.id,
    }),
    people: people.sdr.userId,
    lists: await made(`/clients/${client.id}/lists`, { name: 'Une liste à part' }),
    filters: await made(`/clients/${client.id}/filters`, {
      name: 'Tous les nouveaux',
      filter: { status: 'new' },
      isShared: true,
    }),
    'bulk-acts': await made(`/clients/${client.id}/bulk-acts`, {
      kind: 'owner',
      prospectIds: [spare],
      ownerIds: [people.sdr.userId],
    }),
    tasks: enrolment!.id,
    mailboxes: mailbox.id,
    replies: answered,
    inbox: answered,
    lease: prospect,
    drafts: prospect,
    colleagues: prospect,
    prospect: spare,
    lookalike,
    merges: await made(`/prospects/${kept}/merge`, { otherId: gone }),
    'icp-versions': icp.version.id,
    'icp-trials': await made(`/clients/${client.id}/icp-trials`, { icpVersionId: icp.version.id }),
  };
  return { ids, people };
}

/** An address of this estate for a route: `/clients/:id/icps` → `/clients/0192…/icps`. */
export function addressOf(path: string, ids: Record<string, string>): string {
  const parts = path.split('/');
  return parts
    .map((part, index) =>
      part.startsWith(':') ? (ids[part.slice(1)] ?? ids[parts[index - 1]!] ?? 'unknown') : part,
    )
    .join('/');
}

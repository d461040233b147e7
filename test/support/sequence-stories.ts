import type { Actor } from '../../src/accounts/actor.js';
import type { SequenceInput } from '../../src/sequences/sequence.dto.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Enrolment } from '../../src/sequences/enrolments/enrolment.entity.js';
import { Sequence, SequenceVersion } from '../../src/sequences/sequence.entity.js';
import { loadSequence, type WrittenSequence } from '../../src/sequences/sequence-loading.queries.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { sealOf } from '../../src/sequences/approval/text-seal.js';
import { prospectOf } from './prospect-stories.js';
import { readyClient, type Setting } from './stories.js';
import type { World } from './world.js';

/** Mail at once, an invitation two business days later, a call two days after that, a last mail on day 7. */
export const FOUR_STEPS: SequenceInput = {
  name: 'Directeurs de site',
  steps: [
    {
      day: 0,
      channel: 'email',
      variants: [
        {
          subject: 'Bonjour {{firstName}}',
          body: 'Bonjour {{firstName}},\nUn mot au sujet de {{companyName}}.',
        },
      ],
    },
    { day: 2, channel: 'linkedin_invite', variants: [{ body: 'Ravi, {{firstName}}.' }] },
    { day: 4, channel: 'call', variants: [{ body: 'Demander le planning.' }] },
    { day: 7, channel: 'email', variants: [{ subject: 'Dernier mot', body: 'Merci, {{senderName}}' }] },
  ],
};

export interface SequenceCast extends Setting {
  sdr: Actor;
  other: Actor;
  sequence: WrittenSequence;
}

/** A client with two SDRs and a live sequence of four steps. */
export async function liveSequence(world: World, name: string, input = FOUR_STEPS): Promise<SequenceCast> {
  const setting = await readyClient(world, name);
  const admin = await world.admin();
  const sdr = await world.person('sdr', [setting.client.id], 'Sami Sdr');
  const other = await world.person('sdr', [setting.client.id], 'Odile Autre');
  const draft = await world.get(Sequences).create(sdr, setting.client.id, input);
  const sequence = await putLive(world, admin, draft.sequence.id);
  return { ...setting, sdr, other, sequence };
}

/** Approved and launched, without the story of how: the test of governance tells that one. */
export function putLive(
  world: World,
  actor: Actor,
  sequenceId: string,
  state: Sequence['state'] = 'live',
): Promise<WrittenSequence> {
  return world.database.write(async (tx) => {
    const { sequence, version } = await loadSequence(tx, actor, sequenceId);
    const { steps } = version;
    const notice =
      'Agence Épure vous écrit pour le compte de Nordia SAS. Répondez « STOP » pour vous opposer.';
    const approvedSeal = sealOf({ locale: sequence.locale, notice, steps });
    const now = world.clock.now();
    const approved = { state: 'approved', submittedAt: now, approvedAt: now } as const;
    await tx.entities.save(SequenceVersion, Object.assign(version, approved, { notice, approvedSeal }));
    const launchedAt = state === 'live' ? now : null;
    Object.assign(sequence, { state, launchedAt, approvedVersion: version.version });
    await tx.entities.save(Sequence, sequence);
    return { sequence, version };
  });
}

/** Somebody reachable on every channel. */
export function reachable(
  world: World,
  clientId: string,
  has: Parameters<typeof prospectOf>[2] = {},
): Promise<string> {
  const tag = Math.random().toString(36).slice(2, 9);
  return prospectOf(world, clientId, {
    firstName: 'Claire',
    email: `claire.${tag}@roux-${tag}.example`,
    phone: `+331${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    linkedinUrl: `https://www.linkedin.com/in/${tag}`,
    ...has,
  });
}

/** A reachable person enrolled just now. */
export async function enrolled(
  world: World,
  cast: SequenceCast,
): Promise<{ prospectId: string; enrolmentId: string }> {
  const prospectId = await reachable(world, cast.client.id);
  await world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, [prospectId]);
  const { id } = await enrolmentOf(world, prospectId);
  return { prospectId, enrolmentId: id };
}

export function enrolmentOf(world: World, prospectId: string): Promise<Enrolment> {
  return world.database.read((db) => db.entities.findOneByOrFail(Enrolment, { prospectId }));
}

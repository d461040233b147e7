import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Clients } from '../../src/clients/clients.service.js';
import { integer, text } from '../../src/database/rows.js';
import { DailyPace } from '../../src/outreach/touches/daily-pace.service.js';
import { Leases } from '../../src/outreach/leases.service.js';
import { NoteDrafts } from '../../src/prospects/notes/note-drafts.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { ReplyConsequences } from '../../src/sequences/replies/reply-consequences.service.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { StepUndo } from '../../src/sequences/steps/step-undo.service.js';
import { TaskSkips } from '../../src/sequences/steps/task-skips.service.js';
import { TodayQueries } from '../../src/sequences/today/today.queries.js';
import { Triage } from '../../src/sequences/replies/triage.service.js';
import { UnmatchedMails } from '../../src/sequences/replies/unmatched-mails.service.js';
import { Conflict, InvalidInput, NotFound } from '../../src/shared/errors.js';
import { newId } from '../../src/shared/id.js';
import { mailIn, mailNow } from '../support/cockpit-stories.js';
import { mailboxOf, prospectNow } from '../support/engine-stories.js';
import { enrolled, enrolmentOf, liveSequence, reachable } from '../support/sequence-stories.js';
import { onBothDatabases } from '../support/world.js';

/** A Monday, 10:00 in Paris. */
const MONDAY = '2027-01-11T09:00:00Z';
const at = (minutes: number): Date => new Date(Date.parse(MONDAY) + minutes * 60_000);

onBothDatabases('the cockpit', (world) => {
  const queueOf = async (actor: Parameters<TodayQueries['queue']>[0]) => {
    const queue = await world.get(TodayQueries).queue(actor, 'mine');
    return { ...queue, groups: queue.items.map(({ group, prospectId }) => `${group} ${prospectId}`) };
  };

  it('of two SDRs who open the same person at the same moment, one has them', async () => {
    world.clock.set(MONDAY);
    const { client, sdr, other } = await liveSequence(world, 'Bail');
    const leases = world.get(Leases);
    for (let round = 0; round < 10; round += 1) {
      const id = await reachable(world, client.id);
      const holders = await Promise.all([
        ...[1, 2, 3].map(() => leases.take(sdr, id, newId())),
        ...[1, 2, 3].map(() => leases.take(other, id, newId())),
      ]);
      const names = new Set(holders.map(({ userId }) => userId));
      expect(names.size).toBe(1);
      const [winner, loser] = names.has(sdr.userId) ? [sdr, other] : [other, sdr];
      await expect(leases.requireFree(loser, id)).rejects.toBeInstanceOf(Conflict);
      await leases.requireFree(winner, id);
    }
  });

  it('a lease lasts two minutes unless it is renewed, moves on with its tab, and ends with the sign-out', async () => {
    world.clock.set(MONDAY);
    const { client, sdr, other } = await liveSequence(world, 'Durée');
    const [one, two] = [await reachable(world, client.id), await reachable(world, client.id)];
    const leases = world.get(Leases);
    const tab = newId();
    await leases.take(sdr, one, tab);
    world.clock.set(at(1));
    expect((await leases.take(sdr, one, tab)).since).toEqual(at(0));
    world.clock.set(at(2.5));
    expect((await leases.take(other, one, newId())).userId).toBe(sdr.userId);
    world.clock.set(at(3.1));
    expect((await leases.take(other, one, newId())).userId).toBe(other.userId);
    await leases.take(sdr, two, tab);
    await leases.take(sdr, await reachable(world, client.id), tab);
    expect((await leases.take(other, two, newId())).userId).toBe(other.userId);
    const session = await world.database.write((tx) => world.get(SignIn).openSession(tx, other.userId));
    expect(session).not.toBe('');
    await world.get(SignIn).signOut({ ...other, sessionId: newId() });
    expect((await leases.take(sdr, two, tab)).userId).toBe(sdr.userId);
    await leases.release(sdr, tab);
    expect((await leases.heldByOthers(other, [one, two])).size).toBe(0);
    const stranger = await world.person('sdr', [], 'Ailleurs');
    await expect(leases.take(stranger, one, tab)).rejects.toBeInstanceOf(NotFound);
  });

  it('a note begun is there for its writer alone, until it is blank or sent', async () => {
    const { client, sdr, other } = await liveSequence(world, 'Brouillon');
    const id = await reachable(world, client.id);
    const drafts = world.get(NoteDrafts);
    await drafts.keep(sdr, id, 'Rappeler Mme Roux');
    await drafts.keep(sdr, id, 'Rappeler Mme Roux à 15 h');
    expect(await drafts.of(sdr, id)).toBe('Rappeler Mme Roux à 15 h');
    expect(await drafts.of(other, id)).toBe('');
    await drafts.keep(sdr, id, '  ');
    expect(await drafts.of(sdr, id)).toBe('');
    await expect(drafts.keep(await world.person('sdr', [], 'Loin'), id, 'x')).rejects.toBeInstanceOf(
      NotFound,
    );
  });

  it('answers come first, interested before others, the one that waits longest before the rest', async () => {
    world.clock.set(MONDAY);
    const { client, sdr } = await liveSequence(world, 'File');
    const mailbox = await mailboxOf(world, client.id);
    const [cold, hot, older] = [
      await reachable(world, client.id),
      await reachable(world, client.id),
      await reachable(world, client.id),
    ];
    await mailIn(world, mailbox, { prospectId: cold, machineClass: 'objection', receivedAt: at(-300) });
    await mailIn(world, mailbox, { prospectId: hot, receivedAt: at(-60) });
    await mailIn(world, mailbox, { prospectId: older, receivedAt: at(-120) });
    await mailIn(world, mailbox, { prospectId: older, receivedAt: at(-10) });
    const { groups, counts } = await queueOf(sdr);
    expect(groups).toEqual([`reply ${older}`, `reply ${hot}`, `reply ${cold}`]);
    expect(counts.reply).toBe(3);
  });

  it('a person says what an answer is: the label goes on top, the status and the enrolment follow, ten seconds to take it back', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Tri');
    const { prospectId } = await enrolled(world, cast);
    const mailbox = await mailboxOf(world, cast.client.id);
    const mailId = await mailIn(world, mailbox, {
      prospectId,
      enrolmentId: (await enrolmentOf(world, prospectId)).id,
      machineClass: 'objection',
    });
    await world.get(ReplyConsequences).act(mailId);
    expect((await prospectNow(world, prospectId)).status).toBe('replied');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'replied' });
    const triage = world.get(Triage);
    await triage.settle(cast.sdr, mailId, { class: 'interested', note: 'Veut une démo' });
    expect((await prospectNow(world, prospectId)).status).toBe('interested');
    expect(await mailNow(world, mailId)).toMatchObject({
      machineClass: 'objection',
      humanClass: 'interested',
      state: 'handled',
    });
    expect((await queueOf(cast.sdr)).groups).toEqual([`reply ${prospectId}`]);
    await expect(triage.settle(cast.other, mailId, { class: 'later' })).rejects.toThrow('inbox.handled');
    await expect(triage.undo(cast.other, mailId)).rejects.toBeInstanceOf(Conflict);
    await triage.undo(cast.sdr, mailId);
    expect((await prospectNow(world, prospectId)).status).toBe('replied');
    expect(await mailNow(world, mailId)).toMatchObject({ humanClass: null, state: 'to_triage' });
    await triage.settle(cast.sdr, mailId, { class: 'not_interested' });
    world.clock.set(at(1));
    await expect(triage.undo(cast.sdr, mailId)).rejects.toThrow('undoTooLate');
    expect((await prospectNow(world, prospectId)).status).toBe('not_interested');
  });

  it('of two who understand one answer at the same moment, one does', async () => {
    world.clock.set(MONDAY);
    const { client, sdr, other } = await liveSequence(world, 'Deux');
    const mailbox = await mailboxOf(world, client.id);
    const prospectId = await reachable(world, client.id);
    const mailId = await mailIn(world, mailbox, { prospectId });
    const triage = world.get(Triage);
    const both = await Promise.allSettled([
      triage.settle(sdr, mailId, { class: 'interested' }),
      triage.settle(other, mailId, { class: 'not_interested' }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { n } = (await world.database.read((db) =>
      db.row(
        sql`SELECT COUNT(*) n FROM audit_entry WHERE act = 'reply.triaged' AND subject_id = ${prospectId}`,
        {
          n: integer,
        },
      ),
    ))!;
    expect(n).toBe(1);
  });

  it('what a machine had taken for an automatic note and a person calls an answer, stops the enrolment; taken back, it goes on', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Machine');
    const { prospectId } = await enrolled(world, cast);
    const mailbox = await mailboxOf(world, cast.client.id);
    const mailId = await mailIn(world, mailbox, {
      prospectId,
      enrolmentId: (await enrolmentOf(world, prospectId)).id,
      machineClass: 'automatic',
    });
    await world.get(ReplyConsequences).act(mailId);
    expect((await enrolmentOf(world, prospectId)).state).toBe('active');
    await world.get(Triage).settle(cast.sdr, mailId, { class: 'interested' });
    expect((await enrolmentOf(world, prospectId)).state).toBe('finished');
    await world.get(Triage).undo(cast.sdr, mailId);
    expect((await prospectNow(world, prospectId)).status).toBe('in_sequence');
    expect((await enrolmentOf(world, prospectId)).state).toBe('active');
  });

  it('“later” asks for a day, and takes an hour on the agency’s clock', async () => {
    world.clock.set(MONDAY);
    const { client, sdr } = await liveSequence(world, 'Heure');
    const mailbox = await mailboxOf(world, client.id);
    const prospectId = await reachable(world, client.id);
    const mailId = await mailIn(world, mailbox, { prospectId });
    const triage = world.get(Triage);
    await expect(triage.settle(sdr, mailId, { class: 'later' })).rejects.toBeInstanceOf(InvalidInput);
    await triage.settle(sdr, mailId, { class: 'later', until: '2027-01-11', time: '15:30' });
    // 15:30 in Paris, in winter
    expect(await prospectNow(world, prospectId)).toMatchObject({
      status: 'later',
      statusUntil: '2027-01-11',
      callbackAt: new Date('2027-01-11T14:30:00Z'),
    });
    expect((await queueOf(sdr)).groups).toEqual([`today ${prospectId}`]);
    world.clock.set('2027-01-11T14:30:00Z');
    expect((await queueOf(sdr)).groups).toEqual([`callback ${prospectId}`]);
    const statuses = world.get(Statuses);
    await expect(
      statuses.change(sdr, prospectId, { to: 'later', until: '2027-01-11', time: '09:00' }),
    ).rejects.toThrow(InvalidInput);
    await statuses.change(sdr, prospectId, { to: 'later', until: '2027-07-12', time: '09:00' });
    // the same hour in summer is an hour earlier
    expect((await prospectNow(world, prospectId)).callbackAt).toEqual(new Date('2027-07-12T07:00:00Z'));
    await statuses.undo(sdr, prospectId);
    expect((await prospectNow(world, prospectId)).callbackAt).toEqual(new Date('2027-01-11T14:30:00Z'));
  });

  it('of two people who say at once whom an answer points at, the one who came too late leaves nobody behind', async () => {
    world.clock.set(MONDAY);
    const { client, sdr, other } = await liveSequence(world, 'Renvoi double');
    const mailbox = await mailboxOf(world, client.id);
    const mail = await mailIn(world, mailbox, { prospectId: await reachable(world, client.id) });
    const point = (actor: Actor, name: string) =>
      world.get(Triage).settle(actor, mail, {
        class: 'referral',
        referralName: name,
        referralEmail: `${name.toLowerCase()}@renvoi.example`,
      });
    const said = await Promise.allSettled([point(sdr, 'Paule'), point(other, 'Anne')]);
    expect(said.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'inbox.handled' } },
    ]);
    const found = await world.database.read((db) =>
      db.entities.findBy(Prospect, { clientId: client.id, source: 'referral' }),
    );
    expect(found).toHaveLength(1);
  });

  it('a referral makes the colleague a prospect once, and both histories say how', async () => {
    world.clock.set(MONDAY);
    const { client, sdr } = await liveSequence(world, 'Renvoi');
    const mailbox = await mailboxOf(world, client.id);
    const [one, two] = [await reachable(world, client.id), await reachable(world, client.id)];
    const referral = {
      class: 'referral' as const,
      referralName: 'Paul Girard',
      referralEmail: 'Paul@girard.fr',
    };
    const triage = world.get(Triage);
    const bad = { ...referral, referralEmail: 'paul' };
    const first = await mailIn(world, mailbox, { prospectId: one });
    await expect(triage.settle(sdr, first, bad)).rejects.toBeInstanceOf(InvalidInput);
    await triage.settle(sdr, first, referral);
    await triage.settle(sdr, await mailIn(world, mailbox, { prospectId: two }), referral);
    const found = await world.database.read((db) =>
      db.rows(sql`SELECT id, full_name, source FROM prospect WHERE email_key = 'paul@girard.fr'`, {
        id: text,
        fullName: text,
        source: text,
      }),
    );
    expect(found).toMatchObject([{ fullName: 'Paul Girard', source: 'referral' }]);
    expect((await prospectNow(world, one)).status).toBe('wrong_person');
    const notes = await world.database.read((db) =>
      db.rows(
        sql`SELECT note FROM activity WHERE kind = 'note' AND prospect_id IN (${one}, ${found[0]!.id})`,
        {
          note: text,
        },
      ),
    );
    expect(notes.map(({ note }) => note[0])).toEqual(expect.arrayContaining(['→', '←']));
  });

  it('an opt-out in an answer goes on the client’s list, and no key takes it back', async () => {
    world.clock.set(MONDAY);
    const { client, sdr } = await liveSequence(world, 'Stop');
    const mailbox = await mailboxOf(world, client.id);
    const prospectId = await reachable(world, client.id);
    const mailId = await mailIn(world, mailbox, { prospectId, machineClass: 'objection' });
    await world.get(Triage).settle(sdr, mailId, { class: 'unsubscribe' });
    expect((await prospectNow(world, prospectId)).status).toBe('do_not_contact');
    await expect(world.get(Triage).undo(sdr, mailId)).rejects.toBeInstanceOf(Conflict);
  });

  it('a mail of nobody’s is linked to a prospect, whose address it becomes; discarded, it can come back', async () => {
    world.clock.set(MONDAY);
    const { client, sdr } = await liveSequence(world, 'Inconnu');
    const elsewhere = await liveSequence(world, 'Autre');
    const mailbox = await mailboxOf(world, client.id);
    const prospectId = await reachable(world, client.id);
    const unmatched = world.get(UnmatchedMails);
    const mailId = await mailIn(world, mailbox, { fromAddress: 'c.roux@perso.example' });
    await expect(unmatched.link(elsewhere.sdr, mailId, prospectId)).rejects.toBeInstanceOf(NotFound);
    await expect(
      unmatched.link(sdr, mailId, await reachable(world, elsewhere.client.id)),
    ).rejects.toBeInstanceOf(NotFound);
    await unmatched.link(sdr, mailId, prospectId);
    expect(await mailNow(world, mailId)).toMatchObject({ prospectId, state: 'to_triage' });
    expect((await prospectNow(world, prospectId)).status).toBe('replied');
    const aliases = await world.database.read((db) =>
      db.rows(sql`SELECT value, kind FROM prospect_alias WHERE prospect_id = ${prospectId}`, {
        value: text,
        kind: text,
      }),
    );
    expect(aliases).toEqual([{ value: 'c.roux@perso.example', kind: 'email' }]);
    await expect(unmatched.link(sdr, mailId, prospectId)).rejects.toBeInstanceOf(Conflict);
    const other = await mailIn(world, mailbox);
    await unmatched.discard(sdr, other);
    expect((await mailNow(world, other)).state).toBe('handled');
    await unmatched.restore(sdr, other);
    expect((await mailNow(world, other)).state).toBe('unmatched');
  });

  it('whose mail it is had objected under that very address: the person is contacted no more', async () => {
    world.clock.set(MONDAY);
    const { client, sdr } = await liveSequence(world, 'Opposé d’ailleurs');
    const mailbox = await mailboxOf(world, client.id);
    const prospectId = await reachable(world, client.id);
    const stop = { kind: 'email', value: 'paul@perso.example', reason: 'STOP' } as const;
    await world.get(SuppressionList).add(sdr, client.id, stop);
    const mailId = await mailIn(world, mailbox, { fromAddress: 'paul@perso.example' });
    await world.get(UnmatchedMails).link(sdr, mailId, prospectId);
    expect((await prospectNow(world, prospectId)).status).toBe('do_not_contact');
  });

  it('overdue steps are counted, skipped with one reason, and come back within ten seconds', async () => {
    world.clock.set('2027-01-04T09:00:00Z');
    const cast = await liveSequence(world, 'Retard');
    const people = [await enrolled(world, cast), await enrolled(world, cast), await enrolled(world, cast)];
    world.clock.set(MONDAY);
    const skips = world.get(TaskSkips);
    expect(await skips.count(cast.sdr, { days: 7, scope: 'mine' })).toBe(3);
    expect(await skips.count(cast.sdr, { days: 14, scope: 'mine' })).toBe(0);
    const { id, skipped } = await skips.skip(cast.sdr, { days: 7, scope: 'mine' }, 'Salon passé');
    expect(skipped).toBe(3);
    expect((await enrolmentOf(world, people[0]!.prospectId)).nextPosition).toBe(2);
    const note = await world.database.read((db) =>
      db.row(sql`SELECT note FROM touch WHERE prospect_id = ${people[0]!.prospectId}`, { note: text }),
    );
    expect(note).toEqual({ note: 'Salon passé' });
    await expect(skips.undo(cast.other, id)).rejects.toBeInstanceOf(NotFound);
    expect(await skips.undo(cast.sdr, id)).toBe(3);
    expect((await enrolmentOf(world, people[0]!.prospectId)).nextPosition).toBe(1);
    expect(await skips.count(cast.sdr, { days: 7, scope: 'mine' })).toBe(3);
  });

  it('a day’s invitations have a limit: the next step waits, and the agency may set it', async () => {
    world.clock.set(MONDAY);
    const input = {
      name: 'Invitations',
      steps: [{ day: 0, channel: 'linkedin_invite' as const, variants: [{ body: 'Ravi.' }] }],
    };
    const cast = await liveSequence(world, 'Rythme', input);
    const admin = await world.admin();
    const usual = { linkedin_invite: 20, linkedin_message: 40, call: 80 };
    expect(await world.get(DailyPace).limits()).toEqual(usual);
    await world.get(DailyPace).set(admin, { ...usual, linkedin_invite: 2 });
    const people = [await enrolled(world, cast), await enrolled(world, cast), await enrolled(world, cast)];
    const doNext = async (nth: number, result: string): Promise<unknown> =>
      world.get(StepOutcomes).record(cast.sdr, people[nth]!.enrolmentId, { position: 1, attempt: 1, result });
    await doNext(0, 'sent');
    const paceNow = async () =>
      (await queueOf(cast.sdr)).paces.find(({ channel }) => channel === 'linkedin_invite');
    expect(await paceNow()).toEqual({ channel: 'linkedin_invite', done: 1, limit: 2 });
    expect((await queueOf(cast.sdr)).counts.task).toBe(2);
    await doNext(1, 'sent');
    expect((await queueOf(cast.sdr)).counts.task).toBe(0);
    // somebody else's day is their own; and the day after is another day
    expect((await queueOf(cast.other)).counts.task).toBe(1);
    world.clock.set('2027-01-12T09:00:00Z');
    expect((await queueOf(cast.sdr)).counts.task).toBe(1);
    await world.get(DailyPace).set(admin, usual);
  });

  it('steps due later today are seen, not done; mail of a client with a mailbox is the engine’s', async () => {
    world.clock.set(MONDAY);
    const input = {
      name: 'Appels',
      steps: [{ day: 0, channel: 'call' as const, variants: [{ body: 'Planning.' }] }],
    };
    const cast = await liveSequence(world, 'Tantôt', input);
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    await world.database.write((tx) =>
      tx.run(
        sql`UPDATE enrolment SET due_at = ${new Date('2027-01-11T15:00:00Z')} WHERE id = ${enrolmentId}`,
      ),
    );
    expect((await queueOf(cast.sdr)).groups).toEqual([`today ${prospectId}`]);
    const mailing = await liveSequence(world, 'Envois');
    await enrolled(world, mailing);
    expect((await queueOf(mailing.sdr)).counts.task).toBe(1);
    await mailboxOf(world, mailing.client.id);
    expect((await queueOf(mailing.sdr)).counts.task).toBe(0);
  });

  it('who asks on the phone not to be contacted is on the list at once; a slip of the finger lifts it again', async () => {
    world.clock.set(MONDAY);
    const input = {
      name: 'Oppositions',
      steps: [{ day: 0, channel: 'call' as const, variants: [{ body: 'Planning.' }] }],
    };
    const cast = await liveSequence(world, 'Opposé', input);
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const covered = (): Promise<number> =>
      world.database.read(async (db) => {
        const row = await db.row(
          sql`SELECT COUNT(*) n FROM suppression WHERE client_id = ${cast.client.id} AND removed_at IS NULL`,
          { n: integer },
        );
        return row!.n;
      });
    const touch = await world
      .get(StepOutcomes)
      .record(cast.sdr, enrolmentId, { position: 1, attempt: 1, result: 'opted_out' });
    expect((await prospectNow(world, prospectId)).status).toBe('do_not_contact');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'opted_out' });
    // address, phone and profile
    expect(await covered()).toBe(3);
    await world.get(StepUndo).undo(cast.sdr, touch.id);
    expect((await prospectNow(world, prospectId)).status).toBe('in_sequence');
    expect(await covered()).toBe(0);
    expect((await enrolmentOf(world, prospectId)).state).toBe('active');
  });

  it('switching a client off stops its work at once, whatever a screen still shows', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Éteint');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    expect((await queueOf(cast.sdr)).groups).toEqual([`task ${prospectId}`]);
    await world.get(Clients).switchOff(await world.admin(), cast.client.id);
    expect((await queueOf(cast.sdr)).groups).toEqual([]);
    await expect(
      world.get(StepOutcomes).record(cast.sdr, enrolmentId, { position: 1, attempt: 1, result: 'sent' }),
    ).rejects.toBeInstanceOf(Conflict);
    const page = await (await world.browser(cast.sdr)).get(`/today?item=${prospectId}`);
    expect(page.text).toContain('switched off');
    const guest = await world.person('client', [cast.client.id], 'Invitée');
    expect((await (await world.browser(guest)).get('/portal')).text).toContain('read');
  });
});

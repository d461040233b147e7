import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { AuditEntry } from '../../src/accounts/audit-entry.entity.js';
import { Touches } from '../../src/outreach/touches/touches.service.js';
import { Activity } from '../../src/prospects/activity.entity.js';
import { BulkActQueries } from '../../src/prospects/bulk-acts/bulk-acts.queries.js';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import type { BulkActInput } from '../../src/prospects/bulk-acts/bulk-act.dto.js';
import { MergeUndo } from '../../src/prospects/merge/merge-undo.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { Suppression } from '../../src/prospects/suppression/suppression.entity.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { OptOuts } from '../../src/sequences/replies/opt-outs.service.js';
import { Triage } from '../../src/sequences/replies/triage.service.js';
import {
  addressee,
  type EngineCast,
  engineCast,
  enrolAll,
  enrolmentIn,
  mailsTo,
  prospectNow,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { incoming } from '../support/incoming-stories.js';
import { merge } from '../support/merge-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
const after = (seconds: number) => new Date(new Date(MONDAY).getTime() + seconds * 1000);

onBothDatabases('taking back one’s own act', (world) => {
  beforeEach(() => quietOthers(world));

  /** Somebody who has had the first mail of a sequence, and whose link says no. */
  const written = async (name: string) => {
    world.clock.set(MONDAY);
    storyMailer(world);
    const cast = await engineCast(world, name);
    const id = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [id]);
    await tickAt(world, MONDAY);
    const [mail] = await mailsTo(world, id);
    const optOut = () => world.get(OptOuts).byLink(mail!.token, world.clock.now());
    return { cast, id, mail: mail!, optOut, admin: await world.admin() };
  };
  const entries = async (value: string) => {
    const all = await world.database.read((db) => db.entities.findBy(Suppression, { value }));
    return all.filter(({ removedAt }) => removedAt === null);
  };
  const statusOf = async (id: string) => (await prospectNow(world, id)).status;
  const enrolmentOf = (cast: EngineCast, id: string) => enrolmentIn(world, cast.sequence.id, id);
  const inBulk = async (actor: Actor, clientId: string, input: BulkActInput) => {
    const { id } = await world.get(BulkActs).open(actor, clientId, input);
    await world.get(BulkActs).start(actor, id);
    await world.get(BulkActs).settled(id, 30);
    return id;
  };
  const takenBack = async (actor: Actor, id: string) => {
    await world.get(BulkActs).undo(actor, id);
    await world.get(BulkActs).settled(id, 30);
    return world.get(BulkActQueries).get(actor, id);
  };
  /** Their own no stands: on the list in their name, as a status, and with nothing more to come. */
  const expectOpposed = async (cast: EngineCast, id: string, address: string, source = 'unsubscribe') => {
    expect(await entries(address)).toMatchObject([{ clientId: cast.client.id, channels: null, source }]);
    expect(await statusOf(id)).toBe('do_not_contact');
    expect(await enrolmentOf(cast, id)).toMatchObject({ state: 'finished', dueAt: null });
    const facts = await world.database.read((db) => db.entities.findBy(Activity, { prospectId: id }));
    expect(facts).toContainEqual(
      expect.objectContaining({ kind: 'status', toStatus: 'do_not_contact', reason: source }),
    );
  };

  describe('never lifts what the person said themselves meanwhile', () => {
    it('by their link, after an objection in bulk', async () => {
      const { cast, id, mail, optOut, admin } = await written('En masse');
      const act = await inBulk(admin, cast.client.id, {
        kind: 'suppress',
        reason: 'Pause demandée',
        prospectIds: [id],
      });
      expect(await entries(mail.toAddress)).toMatchObject([{ source: 'status', reason: 'Pause demandée' }]);
      await optOut();
      expect(await takenBack(admin, act)).toMatchObject({ undone: 0, keptReasons: { changed_since: 1 } });
      await expectOpposed(cast, id, mail.toAddress);
      // Their word took the place of ours: both are kept, and the trail says so.
      const all = await world.database.read((db) =>
        db.entities.findBy(Suppression, { value: mail.toAddress }),
      );
      const ours = all.find(({ source }) => source === 'status')!;
      expect(ours).toMatchObject({ removedAt: after(0), removedReason: 'unsubscribe' });
      const trail = await world.database.read((db) =>
        db.entities.findBy(AuditEntry, { subjectId: all.find(({ removedAt }) => removedAt === null)!.id }),
      );
      expect(trail).toMatchObject([{ act: 'suppression.added', details: { replaces: ours.id } }]);
    });

    it('after a move by hand', async () => {
      const { cast, id, mail, optOut, admin } = await written('À la main');
      await world.get(Statuses).change(admin, id, { to: 'do_not_contact', reason: 'Doute' });
      await optOut();
      await expect(world.get(Statuses).undo(admin, id)).rejects.toMatchObject({
        code: 'prospects.nothingToUndo',
      });
      await expectOpposed(cast, id, mail.toAddress);
    });

    it('after a merge with somebody who objected', async () => {
      const { cast, id, mail, optOut, admin } = await written('Fusionnée');
      const twin = await prospectOf(world, cast.client.id, { email: 'double@ailleurs.example' });
      await world.get(Statuses).change(admin, twin, { to: 'do_not_contact' });
      const merged = await merge(world, admin, id, twin);
      await optOut();
      await expect(world.get(MergeUndo).undo(admin, merged.id)).rejects.toMatchObject({
        code: 'merge.since.status',
      });
      await expectOpposed(cast, id, mail.toAddress);
    });

    it.each([
      ['complaint', 'complaint'],
      ['unsubscribe', 'reply'],
    ] as const)('by a mail (%s)', async (machineClass, source) => {
      const { cast, id, mail, admin } = await written(`Par ${machineClass}`);
      await world.get(Statuses).change(admin, id, { to: 'do_not_contact' });
      await incoming(world, mail, machineClass);
      await expect(world.get(Statuses).undo(admin, id)).rejects.toMatchObject({
        code: 'prospects.nothingToUndo',
      });
      await expectOpposed(cast, id, mail.toAddress, source);
    });

    it('said twice it is one word: one entry, one fact', async () => {
      const { id, mail, optOut, admin } = await written('Deux mots');
      await world.get(Statuses).change(admin, id, { to: 'do_not_contact' });
      await optOut();
      const facts = () => world.database.read((db) => db.entities.countBy(Activity, { prospectId: id }));
      const before = await facts();
      await optOut();
      expect(await facts()).toBe(before);
      expect(await entries(mail.toAddress)).toHaveLength(1);
    });

    it('lifted by a manager, they stand where they stood before anybody objected', async () => {
      const { id, mail, optOut, admin } = await written('Levée');
      await world.get(Statuses).change(admin, id, { to: 'replied' });
      await world.get(Statuses).change(admin, id, { to: 'do_not_contact' });
      await optOut();
      for (const { id: entry } of await entries(mail.toAddress))
        await world.get(SuppressionList).lift(admin, entry, 'Malentendu');
      expect(await statusOf(id)).toBe('replied');
    });
  });

  describe('leaves alone whom another entry covers by now', () => {
    const agencySays = (admin: Actor, value: string) =>
      world.get(SuppressionList).add(admin, null, { kind: 'email', value, reason: 'Opposition' });

    it('after an objection in bulk', async () => {
      const { cast, id, mail, admin } = await written('Agence en masse');
      const act = await inBulk(admin, cast.client.id, {
        kind: 'suppress',
        reason: 'Pause',
        prospectIds: [id],
      });
      const agencys = await agencySays(admin, mail.toAddress);
      expect(await takenBack(admin, act)).toMatchObject({ undone: 0, keptReasons: { still_covered: 1 } });
      expect(await statusOf(id)).toBe('do_not_contact');
      expect(await entries(mail.toAddress)).toMatchObject([{ id: agencys.id, clientId: null }]);
      expect(await enrolmentOf(cast, id)).toMatchObject({ state: 'finished' });
    });

    it('after a move by hand: it is refused, and nothing is lifted', async () => {
      const { id, mail, admin } = await written('Agence à la main');
      await world.get(Statuses).change(admin, id, { to: 'do_not_contact' });
      await agencySays(admin, mail.toAddress);
      await expect(world.get(Statuses).undo(admin, id)).rejects.toMatchObject({
        code: 'prospects.stillCovered',
      });
      expect(await entries(mail.toAddress)).toHaveLength(2);
    });

    it('after a call in which they were said to object', async () => {
      const { id, mail, admin } = await written('Agence au téléphone');
      const touches = world.get(Touches);
      const touch = await touches.log(admin, id, { channel: 'call', kind: 'opted_out' });
      await agencySays(admin, mail.toAddress);
      await expect(touches.undo(admin, touch.id)).rejects.toMatchObject({ code: 'prospects.stillCovered' });
      expect(await statusOf(id)).toBe('do_not_contact');
    });

    it('after a merge: two again, and neither of them contacted', async () => {
      const { cast, id, mail, admin } = await written('Agence fusion');
      const other = await prospectOf(world, cast.client.id, { email: 'autre@agence-fusion.example' });
      const opposed = await prospectOf(world, cast.client.id, { email: 'opp@agence-fusion.example' });
      const [survivor, absorbed] = [opposed, other];
      await world.get(Statuses).change(admin, opposed, { to: 'do_not_contact' });
      const merged = await merge(world, admin, survivor, absorbed);
      const second = await prospectOf(world, cast.client.id, { email: 'opp2@agence-fusion.example' });
      await world.get(Statuses).change(admin, second, { to: 'do_not_contact' });
      const own = await merge(world, admin, id, second);
      await agencySays(admin, mail.toAddress);
      await agencySays(admin, 'autre@agence-fusion.example');
      await world.get(MergeUndo).undo(admin, merged.id);
      await world.get(MergeUndo).undo(admin, own.id);
      expect(await statusOf(absorbed)).toBe('do_not_contact');
      expect(await statusOf(id)).toBe('do_not_contact');
      expect(await enrolmentOf(cast, id)).toMatchObject({ state: 'finished', dueAt: null });
    });

    it('a manager’s own entry on the same list takes the place of the one that the act made', async () => {
      const { cast, id, mail, admin } = await written('Liste du client');
      const act = await inBulk(admin, cast.client.id, {
        kind: 'suppress',
        reason: 'Pause',
        prospectIds: [id],
      });
      await world
        .get(SuppressionList)
        .add(admin, cast.client.id, { kind: 'email', value: mail.toAddress, reason: 'Par courrier' });
      expect(await takenBack(admin, act)).toMatchObject({ undone: 0, keptReasons: { still_covered: 1 } });
      expect(await entries(mail.toAddress)).toMatchObject([{ source: 'manual', reason: 'Par courrier' }]);
      expect(await statusOf(id)).toBe('do_not_contact');
    });

    it('so does one of a file', async () => {
      const { cast, id, mail, admin } = await written('Fichier');
      const act = await inBulk(admin, cast.client.id, {
        kind: 'suppress',
        reason: 'Pause',
        prospectIds: [id],
      });
      const file = { name: 'liste.csv', content: mail.toAddress };
      const api = await world.api(admin);
      const path = `/clients/${cast.client.id}/suppressions/import`;
      const answer = await api.upload(path, file, { reason: 'Liste du client' });
      expect(answer.body).toMatchObject({ added: 1, already: 0 });
      expect(await takenBack(admin, act)).toMatchObject({ undone: 0, keptReasons: { still_covered: 1 } });
      expect(await entries(mail.toAddress)).toMatchObject([{ source: 'import', reason: 'Liste du client' }]);
      expect(await statusOf(id)).toBe('do_not_contact');
    });
  });

  describe('is refused once something else happened, be it by nobody’s hand', () => {
    it('a status: interested, then their link', async () => {
      const { cast, id, mail, optOut, admin } = await written('Intéressée');
      await world.get(Statuses).change(admin, id, { to: 'interested' });
      await optOut();
      await expect(world.get(Statuses).undo(admin, id)).rejects.toMatchObject({
        code: 'prospects.nothingToUndo',
      });
      await expectOpposed(cast, id, mail.toAddress);
    });

    it('a touch: a conversation, then their link', async () => {
      const { cast, id, mail, optOut, admin } = await written('Appelée');
      const touches = world.get(Touches);
      const touch = await touches.log(admin, id, { channel: 'call', kind: 'conversation' });
      await optOut();
      await expect(touches.undo(admin, touch.id)).rejects.toMatchObject({
        code: 'prospects.nothingToUndo',
      });
      await expectOpposed(cast, id, mail.toAddress);
    });

    it('a triage: interested, then their link', async () => {
      const { cast, id, mail, optOut, admin } = await written('Triée');
      const mailId = await incoming(world, mail, 'interested');
      await world.get(Triage).settle(admin, mailId, { class: 'interested' });
      await optOut();
      await expect(world.get(Triage).undo(admin, mailId)).rejects.toMatchObject({
        code: 'prospects.nothingToUndo',
      });
      await expectOpposed(cast, id, mail.toAddress);
    });

    it('a triage of what the machine took for no answer, then their link', async () => {
      const { cast, id, mail, optOut, admin } = await written('Triée autrement');
      const mailId = await incoming(world, mail, 'automatic');
      await world.get(Triage).settle(admin, mailId, { class: 'objection' });
      await optOut();
      await expect(world.get(Triage).undo(admin, mailId)).rejects.toMatchObject({
        code: 'prospects.nothingToUndo',
      });
      await expectOpposed(cast, id, mail.toAddress);
    });
  });

  describe('an act on many, long after', () => {
    it('puts back into the sequence whom it took out, who goes on where they were', async () => {
      const { cast, id, admin } = await written('Limbes');
      const before = await enrolmentOf(cast, id);
      const act = await inBulk(admin, cast.client.id, {
        kind: 'status',
        to: 'not_interested',
        prospectIds: [id],
      });
      expect(await enrolmentOf(cast, id)).toMatchObject({ state: 'finished', reason: 'replied' });
      world.clock.set(after(3600));
      expect(await takenBack(admin, act)).toMatchObject({ state: 'undone', undone: 1 });
      expect(await statusOf(id)).toBe('in_sequence');
      const { nextPosition, dueAt } = before;
      expect(await enrolmentOf(cast, id)).toMatchObject({ state: 'active', nextPosition, dueAt });
    });

    it('does not leave in a sequence whose enrolment is gone', async () => {
      const { cast, id, admin } = await written('Disparue');
      const act = await inBulk(admin, cast.client.id, {
        kind: 'status',
        to: 'not_interested',
        prospectIds: [id],
      });
      const { id: enrolmentId } = await enrolmentOf(cast, id);
      await world.database.write((tx) => tx.entities.delete('Enrolment', { id: enrolmentId }));
      world.clock.set(after(3600));
      await takenBack(admin, act);
      // As whenever a sequence ends unanswered after a first mail.
      expect(await statusOf(id)).toBe('unreachable');
    });
  });
});

import { beforeAll, expect, it } from 'vitest';
import sql from 'sql-template-tag';
import type { Actor } from '../../src/accounts/actor.js';
import { instant, integer, json, maybe, text } from '../../src/database/rows.js';
import { Facts } from '../../src/prospects/facts.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { Suppressions } from '../../src/prospects/suppression/suppressions.service.js';
import { Conflict, IllegalMove, InvalidInput, NotAllowed, NotFound } from '../../src/shared/errors.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('The status of a prospect', (world) => {
  let admin: Actor;
  let sam: Actor;
  let nora: Actor;
  let clientId: string;
  let statuses: Statuses;

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
    nora = await world.person('sdr', [clientId], 'Nora');
    statuses = world.get(Statuses);
  });

  const rowOf = (id: string) =>
    world.database.read((db) =>
      db.row(
        sql`SELECT status, status_at, status_until, version, last_activity_at FROM prospect WHERE id = ${id}`,
        {
          status: text,
          statusAt: instant,
          statusUntil: maybe(text),
          version: integer,
          lastActivityAt: instant,
        },
      ),
    );
  const factsOf = (id: string) =>
    world.database.read((db) =>
      db.rows(
        sql`SELECT kind, user_id, from_status, to_status, reason, note, undoes_id, details FROM activity
          WHERE prospect_id = ${id} ORDER BY id`,
        {
          kind: text,
          userId: maybe(text),
          fromStatus: maybe(text),
          toStatus: maybe(text),
          reason: maybe(text),
          note: maybe(text),
          undoesId: maybe(text),
          details: maybe(json<Record<string, unknown>>()),
        },
      ),
    );

  it('a change is a fact with who, from what, to what and why, and an audit entry', async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    const id = await prospectOf(world, clientId);
    world.clock.set('2026-11-02T10:00:00Z');
    const now = await statuses.change(sam, id, {
      to: 'interested',
      reason: 'Budget in January',
      note: 'Nice call',
    });
    expect(now).toMatchObject({ status: 'interested', version: 2 });
    const row = await rowOf(id);
    expect(row).toMatchObject({
      status: 'interested',
      version: 2,
      statusAt: new Date('2026-11-02T10:00:00Z'),
    });
    expect(row!.lastActivityAt).toEqual(new Date('2026-11-02T10:00:00Z'));
    expect(await factsOf(id)).toEqual([
      {
        kind: 'status',
        userId: sam.userId,
        fromStatus: 'new',
        toStatus: 'interested',
        reason: 'Budget in January',
        note: 'Nice call',
        undoesId: null,
        details: null,
      },
    ]);
    const audit = await world.database.read((db) =>
      db.rows(sql`SELECT act, user_id, details FROM audit_entry WHERE subject_id = ${id}`, {
        act: text,
        userId: text,
        details: json(),
      }),
    );
    expect(audit).toEqual([
      { act: 'prospect.status', userId: sam.userId, details: { from: 'new', to: 'interested' } },
    ]);
    const pending = await world.database.read((db) =>
      db.rows(sql`SELECT prospect_id FROM activity_pending WHERE prospect_id = ${id}`, { prospectId: text }),
    );
    expect(pending.length).toBeLessThanOrEqual(1);
  });

  it('an illegal move is refused with the moves that are legal, and leaves no trace', async () => {
    const id = await prospectOf(world, clientId);
    const refusal = await statuses.change(sam, id, { to: 'qualified' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(IllegalMove);
    expect(refusal).toMatchObject({ from: 'new', to: 'qualified' });
    expect((refusal as IllegalMove).legal).toEqual(
      expect.arrayContaining(['replied', 'interested', 'later', 'do_not_contact']),
    );
    expect((refusal as IllegalMove).legal).not.toContain('in_sequence');
    expect([await factsOf(id), (await rowOf(id))!.version]).toEqual([[], 1]);
  });

  it('later needs a day that exists and is not over; another day moves the day', async () => {
    world.clock.set('2026-11-02T10:00:00Z');
    const id = await prospectOf(world, clientId);
    for (const until of [undefined, '2026-02-31', '2026-10-30']) {
      const input = { to: 'later' as const, ...(until === undefined ? {} : { until }) };
      await expect(statuses.change(sam, id, input)).rejects.toBeInstanceOf(InvalidInput);
    }
    await statuses.change(sam, id, { to: 'later', until: '2026-11-20' });
    await statuses.change(sam, id, { to: 'later', until: '2026-12-01' });
    expect(await rowOf(id)).toMatchObject({ status: 'later', statusUntil: '2026-12-01', version: 3 });
    await statuses.change(sam, id, { to: 'interested' });
    expect(await rowOf(id)).toMatchObject({ status: 'interested', statusUntil: null });
  });

  it('picking the status that is there already changes nothing, but what was written with it is kept', async () => {
    const id = await prospectOf(world, clientId, { status: 'interested' });
    expect(await statuses.change(sam, id, { to: 'interested' })).toMatchObject({ factId: null, version: 1 });
    expect(await factsOf(id)).toEqual([]);
    await statuses.change(sam, id, { to: 'interested', note: 'Asked for the price list' });
    expect(await factsOf(id)).toMatchObject([
      { kind: 'note', note: 'Asked for the price list', toStatus: null },
    ]);
  });

  it('two people at once: both facts stand, and who looked at an old version is told who was faster', async () => {
    const id = await prospectOf(world, clientId);
    const answers = await Promise.allSettled([
      statuses.change(sam, id, { to: 'interested', version: 1 }),
      statuses.change(nora, id, { to: 'not_interested', version: 1 }),
    ]);
    const [won, lost] = answers[0].status === 'fulfilled' ? answers : [answers[1], answers[0]];
    expect(won.status).toBe('fulfilled');
    const reason = (lost as PromiseRejectedResult).reason as Conflict;
    expect(reason).toBeInstanceOf(Conflict);
    expect(reason.code).toBe('prospects.statusChangedMeanwhile');
    const winner =
      answers[0].status === 'fulfilled'
        ? { who: 'Sam', to: 'interested' }
        : { who: 'Nora', to: 'not_interested' };
    expect(reason.params).toEqual(winner);
    expect(await rowOf(id)).toMatchObject({ status: winner.to, version: 2 });
    expect(await factsOf(id)).toHaveLength(1);
  });

  it('twenty changes without a version at once: each sees the one before, none is lost', async () => {
    const id = await prospectOf(world, clientId, { status: 'interested' });
    const to = (turn: number) => (turn % 2 === 0 ? ('unreachable' as const) : ('not_interested' as const));
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, turn) => statuses.change(turn % 3 ? sam : nora, id, { to: to(turn) })),
    );
    const facts = (await factsOf(id)).filter(({ kind }) => kind === 'status');
    const made = answers.filter((one) => one.status === 'fulfilled' && one.value.factId !== null);
    expect(facts).toHaveLength(made.length);
    expect((await rowOf(id))!.version).toBe(1 + facts.length);
    facts.slice(1).forEach((fact, at) => expect(fact.fromStatus).toBe(facts[at]!.toStatus));
  });

  it('one’s own last change is undone within ten seconds, and both stay in the history', async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    const id = await prospectOf(world, clientId);
    await statuses.change(sam, id, { to: 'later', until: '2026-11-30' });
    world.clock.set('2026-11-02T11:00:00Z');
    await statuses.change(sam, id, { to: 'not_interested' });
    world.clock.set('2026-11-02T11:00:10Z');
    const back = await statuses.undo(sam, id);
    expect(back).toMatchObject({ status: 'later', statusUntil: '2026-11-30', version: 4 });
    expect(await rowOf(id)).toMatchObject({ status: 'later', statusAt: new Date('2026-11-02T09:00:00Z') });
    const facts = await factsOf(id);
    expect(facts.map(({ kind, fromStatus, toStatus }) => [kind, fromStatus, toStatus])).toEqual([
      ['status', 'new', 'later'],
      ['status', 'later', 'not_interested'],
      ['undo', 'not_interested', 'later'],
    ]);
    expect(facts[2]!.undoesId).not.toBeNull();
    await expect(statuses.undo(sam, id)).rejects.toMatchObject({ code: 'prospects.nothingToUndo' });
  });

  it('undo is refused after eleven seconds, to anybody else, and once somebody came after', async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    const id = await prospectOf(world, clientId);
    await statuses.change(sam, id, { to: 'interested' });
    await expect(statuses.undo(nora, id)).rejects.toMatchObject({ code: 'prospects.nothingToUndo' });
    world.clock.set('2026-11-02T09:00:11Z');
    await expect(statuses.undo(sam, id)).rejects.toMatchObject({ code: 'prospects.undoTooLate' });
    await statuses.change(sam, id, { to: 'not_interested' });
    await world.database.write((tx) =>
      world.get(Facts).append(tx, nora, { prospectId: id, clientId, kind: 'note', note: 'I called too' }),
    );
    await expect(statuses.undo(sam, id)).rejects.toMatchObject({ code: 'prospects.nothingToUndo' });
  });

  it('a status that follows from a fact is not undone by itself: its fact would remain', async () => {
    const id = await prospectOf(world, clientId);
    const meetingId = '019a0000-0000-7000-8000-000000000001';
    const to = await world.database.write((tx) =>
      statuses.follow(tx, sam, id, 'meeting_booked', { aboutId: meetingId }),
    );
    expect(to).toBe('meeting_booked');
    await expect(statuses.undo(sam, id)).rejects.toBeInstanceOf(Conflict);
  });

  it('a fact never weakens what a person answered, and is no error', async () => {
    const id = await prospectOf(world, clientId, { status: 'interested' });
    const to = await world.database.write((tx) => statuses.follow(tx, sam, id, 'invalid'));
    expect([to, await factsOf(id)]).toEqual(['interested', []]);
  });

  it('do_not_contact puts every key of the person on the client’s list; undoing it takes them off again', async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    const person = {
      email: 'opposed@acme.example',
      mobilePhone: '+33612345678',
      linkedinUrl: 'https://www.linkedin.com/in/opposed',
    };
    const id = await prospectOf(world, clientId, person);
    const coveredBy = async () => {
      const asked = { id, ...person, email: 'opposed+news@acme.example' };
      const covered = await world.database.read((db) =>
        world.get(Suppressions).covering(db, clientId, [asked]),
      );
      return (covered.get(id) ?? []).map(({ kind, value, reason }) => [kind, value, reason]).sort();
    };
    await statuses.change(sam, id, { to: 'do_not_contact', reason: 'Asked on the phone' });
    expect(await coveredBy()).toEqual([
      ['email', 'opposed@acme.example', 'Asked on the phone'],
      ['linkedin', 'https://www.linkedin.com/in/opposed', 'Asked on the phone'],
      ['phone', '+33612345678', 'Asked on the phone'],
    ]);
    await expect(statuses.change(sam, id, { to: 'interested' })).rejects.toBeInstanceOf(IllegalMove);
    await statuses.undo(sam, id);
    expect([await coveredBy(), (await rowOf(id))!.status]).toEqual([[], 'new']);
    const lifted = await world.database.read((db) =>
      db.rows(
        sql`SELECT subject_id FROM audit_entry WHERE act = 'suppression.lifted' AND user_id = ${sam.userId}`,
        { subjectId: text },
      ),
    );
    expect(lifted).toHaveLength(3);
  });

  it('somebody of another client does not find it, and the client’s own people may not move it', async () => {
    const other = (await readyClient(world, 'Other')).client.id;
    const stranger = await world.person('sdr', [other], 'Stranger');
    const guest = await world.person('client', [clientId], 'Guest');
    const id = await prospectOf(world, clientId);
    await expect(statuses.change(stranger, id, { to: 'interested' })).rejects.toBeInstanceOf(NotFound);
    await expect(statuses.change(admin, 'no-id', { to: 'interested' })).rejects.toBeInstanceOf(NotFound);
    await expect(statuses.change(guest, id, { to: 'interested' })).rejects.toBeInstanceOf(NotAllowed);
  });
});

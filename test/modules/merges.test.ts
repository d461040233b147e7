import { describe, expect, it } from 'vitest';
import { Booking } from '../../src/meetings/booking.service.js';
import { ENTITIES } from '../../src/entities.js';
import { Touches } from '../../src/outreach/touches/touches.service.js';
import { Lists } from '../../src/prospects/lists/lists.service.js';
import { Distinctions } from '../../src/prospects/merge/distinctions.service.js';
import { DuplicateQueries } from '../../src/prospects/merge/duplicates.queries.js';
import { DuplicateSearches } from '../../src/prospects/merge/duplicate-search.service.js';
import { MergeParts } from '../../src/prospects/merge/merge-parts.service.js';
import { MergeUndo } from '../../src/prospects/merge/merge-undo.service.js';
import { MergeQueries } from '../../src/prospects/merge/merges.queries.js';
import { Merges } from '../../src/prospects/merge/merges.service.js';
import { Company } from '../../src/prospects/company.entity.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { ProspectNotes } from '../../src/prospects/notes/prospect-notes.service.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { Enrolment } from '../../src/sequences/enrolments/enrolment.entity.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { newId } from '../../src/shared/id.js';
import { everythingAbout, factsOf, merge, reportOf } from '../support/merge-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { enrolmentOf, liveSequence, reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('merging prospects', (world) => {
  const prospect = (id: string) => world.database.read((db) => db.entities.findOneBy(Prospect, { id }));
  const undo = (actor: Parameters<MergeUndo['undo']>[0], id: string) => world.get(MergeUndo).undo(actor, id);

  it('the survivor has all that both had, and undoing the merge leaves everything as it was', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Fusion');
    const { client, sdr } = cast;
    const kept = await prospectOf(world, client.id, {
      ...{ firstName: 'Claire', lastName: 'Vasseur', email: 'claire.vasseur@roux.fr', companyName: 'Roux' },
      ...{ custom: { Salon: 'Global Industrie' }, createdAt: new Date('2027-01-05T09:00:00Z') },
    });
    const gone = await reachable(world, client.id, {
      ...{ firstName: 'Claire', lastName: 'Vasseur', companyName: 'Roux SARL', title: 'Directrice' },
      ...{ custom: { Salon: 'SIAE', Langue: 'fr' }, createdAt: new Date('2027-01-04T09:00:00Z') },
    });
    const lists = world.get(Lists);
    const [both, other] = [
      await lists.create(sdr, client.id, 'Les deux'),
      await lists.create(sdr, client.id, 'Un seul'),
    ];
    await lists.enlist(sdr, both.id, [kept, gone]);
    await lists.enlist(sdr, other.id, [gone]);
    await world.get(ProspectNotes).add(sdr, kept, 'Vue au salon');
    await world.get(Enrolments).enrol(sdr, cast.sequence.sequence.id, [gone]);
    const enrolment = await enrolmentOf(world, gone);
    await world.get(StepOutcomes).record(sdr, enrolment.id, { position: 1, attempt: 1, result: 'sent' });
    world.clock.set('2027-01-12T09:00:00Z');
    await world.get(Touches).log(sdr, kept, { channel: 'call', kind: 'no_answer' });
    await world.get(Booking).book(sdr, gone, { startsAt: '2027-01-20T09:00:00Z', hostId: cast.host.id });
    world.clock.set('2027-01-13T09:00:00Z');
    const before = await everythingAbout(world, client.id);
    const [facts, report] = [await factsOf(world, client.id), await reportOf(world)];
    expect(report.different).toEqual([]);

    const { id } = await merge(world, sdr, kept, gone);
    const merged = (await prospect(kept))!;
    expect(await prospect(gone)).toBeNull();
    expect(merged).toMatchObject({
      ...{ email: 'claire.vasseur@roux.fr', title: 'Directrice', status: 'meeting_booked' },
      custom: { Salon: 'Global Industrie', Langue: 'fr' },
      createdAt: new Date('2027-01-04T09:00:00Z'),
    });
    const detail = await world.get(ProspectQueries).get(sdr, kept);
    expect((await world.get(ProspectQueries).listsOf(detail)).map(({ name }) => name)).toEqual([
      'Les deux',
      'Un seul',
    ]);
    const history = (await world.get(ProspectQueries).history(sdr, kept)).map(({ kind }) => kind);
    expect(history).toEqual(
      expect.arrayContaining(['merge', 'note', 'touch', 'enrolment.started', 'meeting.booked']),
    );
    const during = await everythingAbout(world, client.id);
    expect(during['touch']).toHaveLength(before['touch']!.length);
    expect(JSON.stringify(during)).not.toContain(`["prospectId","${gone}"]`);
    expect((await reportOf(world)).different).toEqual([]);
    expect(await world.get(MergeQueries).survivorOf(sdr, gone)).toBe(kept);

    await undo(sdr, id);
    expect(await everythingAbout(world, client.id)).toEqual(before);
    expect(await factsOf(world, client.id)).toEqual(facts);
    expect(await reportOf(world)).toEqual(report);
    expect(await world.get(MergeQueries).survivorOf(sdr, gone)).toBeNull();
    await expect(undo(sdr, id)).rejects.toMatchObject({ code: 'merge.undoneAlready' });
  });

  it('takes each field from the side that was chosen', async () => {
    const { client } = await readyClient(world, 'Champs');
    const admin = await world.admin();
    const kept = await prospectOf(world, client.id, {
      firstName: 'Bill',
      lastName: 'Gray',
      title: 'CEO',
      email: 'b@gray.fr',
    });
    const gone = await prospectOf(world, client.id, {
      ...{
        firstName: 'William',
        lastName: 'Gray',
        title: 'Chairman',
        email: 'william@gray.fr',
        emailStatus: 'verified',
      },
      ...{ companyName: 'Gray SAS', city: 'Lyon', country: 'FR' },
    });
    await merge(world, admin, kept, gone, { name: 'other', email: 'other', company: 'other' });
    expect(await prospect(kept)).toMatchObject({
      ...{
        fullName: 'William Gray',
        email: 'william@gray.fr',
        emailKey: 'william@gray.fr',
        emailStatus: 'verified',
      },
      ...{ title: 'CEO', companyName: 'Gray SAS', city: 'Lyon', country: 'FR' },
    });
  });

  it('an opposition of either is one of the person, on every address of both', async () => {
    const { client } = await readyClient(world, 'Opposition');
    const admin = await world.admin();
    const kept = await prospectOf(world, client.id, { email: 'paul@morel.fr' });
    const gone = await prospectOf(world, client.id, { email: 'paul.morel@gmail.com', phone: '+33612000001' });
    await world.get(Statuses).change(admin, gone, { to: 'do_not_contact' });
    const before = await everythingAbout(world, client.id);

    const { id } = await merge(world, admin, kept, gone);
    expect((await prospect(kept))!.status).toBe('do_not_contact');
    const values = (await everythingAbout(world, client.id))['suppression']!.join();
    for (const value of ['paul@morel.fr', 'paul.morel@gmail.com', '+33612000001'])
      expect(values).toContain(value);

    await undo(admin, id);
    expect(await everythingAbout(world, client.id)).toEqual(before);
  });

  it('an objection to one channel goes along, and no further', async () => {
    const { client } = await readyClient(world, 'Canal');
    const admin = await world.admin();
    const kept = await prospectOf(world, client.id, { email: 'anne@petit.fr' });
    const gone = await prospectOf(world, client.id, { email: 'anne.petit@gmail.com' });
    await world.get(SuppressionList).add(admin, client.id, {
      ...{ kind: 'email', value: 'anne.petit@gmail.com', reason: 'Pas par mail', channels: ['email'] },
    });
    await merge(world, admin, kept, gone);
    expect((await prospect(kept))!.status).toBe('new');
    const detail = await world.get(ProspectQueries).get(admin, kept);
    const covering = await world.get(ProspectQueries).oppositions(detail);
    expect(covering.map(({ value, channels }) => [value, channels]).sort()).toEqual([
      ['anne.petit@gmail.com', ['email']],
      ['anne@petit.fr', ['email']],
    ]);
  });

  it('of two runs of one sequence the more advanced stays, and nobody goes through two at once', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Deux fois');
    const [kept, gone] = [await reachable(world, cast.client.id), await reachable(world, cast.client.id)];
    await world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, [kept, gone]);
    const advanced = await enrolmentOf(world, gone);
    await world.get(StepOutcomes).record(cast.sdr, advanced.id, { position: 1, attempt: 1, result: 'sent' });
    const before = await everythingAbout(world, cast.client.id);
    const { id } = await merge(world, cast.sdr, kept, gone);
    const left = await world.database.read((db) => db.entities.findBy(Enrolment, { prospectId: kept }));
    expect(left).toMatchObject([{ id: advanced.id, state: 'active', nextPosition: 2 }]);
    await undo(cast.sdr, id);
    expect(await everythingAbout(world, cast.client.id)).toEqual(before);
  });

  it('somebody who answered is not written to because the other record had not', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Répondu');
    const [kept, gone] = [await reachable(world, cast.client.id), await reachable(world, cast.client.id)];
    await world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, [gone]);
    await world.get(Statuses).change(cast.sdr, kept, { to: 'interested' });
    const before = await everythingAbout(world, cast.client.id);
    const { id } = await merge(world, cast.sdr, kept, gone);
    expect(await enrolmentOf(world, kept)).toMatchObject({ state: 'finished', reason: 'replied' });
    expect((await prospect(kept))!.status).toBe('interested');
    await undo(cast.sdr, id);
    expect(await everythingAbout(world, cast.client.id)).toEqual(before);
  });

  it('two people with a meeting to come each stay two until one of the meetings is over', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Deux rendez-vous');
    const [kept, gone] = [await reachable(world, cast.client.id), await reachable(world, cast.client.id)];
    const book = (id: string, startsAt: string) =>
      world.get(Booking).book(cast.sdr, id, { startsAt, hostId: cast.host.id });
    await book(kept, '2027-01-20T09:00:00Z');
    await book(gone, '2027-01-21T09:00:00Z');
    await expect(merge(world, cast.sdr, kept, gone)).rejects.toMatchObject({ code: 'merge.twoMeetings' });
    expect(await prospect(gone)).not.toBeNull();
  });

  describe('undoing', () => {
    const pair = async (name: string) => {
      world.clock.set(MONDAY);
      const { client } = await readyClient(world, name);
      const admin = await world.admin();
      const kept = await prospectOf(world, client.id, { email: `a@${name.toLowerCase()}.fr` });
      const gone = await prospectOf(world, client.id, {
        email: `b@${name.toLowerCase()}.fr`,
        phone: '+33142000000',
      });
      return { client, admin, kept, gone, id: (await merge(world, admin, kept, gone)).id };
    };

    it('lets a note written since stay with the survivor', async () => {
      const { admin, kept, id } = await pair('Noté');
      await world.get(ProspectNotes).add(admin, kept, 'Depuis');
      await undo(admin, id);
      expect((await world.get(ProspectQueries).history(admin, kept)).map(({ note }) => note)).toContain(
        'Depuis',
      );
    });

    it('is refused when the person was called since, and says so', async () => {
      const { admin, kept, gone, id } = await pair('Appelé');
      await world.get(Touches).log(admin, kept, { channel: 'call', kind: 'no_answer' });
      await expect(undo(admin, id)).rejects.toMatchObject({ code: 'merge.since.touch', params: { n: 1 } });
      expect(await prospect(gone)).toBeNull();
    });

    it('is refused when the status moved since, unless that was taken back', async () => {
      const { admin, kept, id } = await pair('Bougé');
      await world.get(Statuses).change(admin, kept, { to: 'interested' });
      await expect(undo(admin, id)).rejects.toMatchObject({ code: 'merge.since.status' });
      await world.get(Statuses).undo(admin, kept);
      await undo(admin, id);
    });

    it('is refused when a field that came from the other was corrected since', async () => {
      const { admin, kept, id } = await pair('Corrigé');
      await world.get(Prospects).edit(admin, kept, { phone: '+33142000001' });
      await expect(undo(admin, id)).rejects.toMatchObject({
        code: 'merge.since.fields',
        params: { field: 'phone' },
      });
    });

    it('goes on when another field was, and leaves it corrected', async () => {
      const { admin, kept, id } = await pair('Titré');
      await world.get(Prospects).edit(admin, kept, { title: 'Présidente' });
      await undo(admin, id);
      expect(await prospect(kept)).toMatchObject({ title: 'Présidente', phone: null });
    });

    it('of the first of two merges waits for the second to be undone', async () => {
      const { admin, client, kept, id } = await pair('Enchaîné');
      const third = await prospectOf(world, client.id, { email: 'c@enchaine.fr' });
      const later = await merge(world, admin, third, kept);
      expect(await world.get(MergeQueries).survivorOf(admin, kept)).toBe(third);
      await expect(undo(admin, id)).rejects.toMatchObject({ code: 'merge.since.merged' });
      await undo(admin, later.id);
      await undo(admin, id);
    });
  });

  it('the address of the one who went leads to the survivor: nobody adds them again', async () => {
    const { client } = await readyClient(world, 'Alias');
    const admin = await world.admin();
    const kept = await prospectOf(world, client.id, { email: 'jean@dupont.fr' });
    const gone = await prospectOf(world, client.id, { email: 'jean.dupont@gmail.com' });
    await merge(world, admin, kept, gone);
    await expect(
      world.get(Prospects).add(admin, client.id, {
        firstName: 'Jean',
        lastName: 'Dupont',
        email: 'jean.dupont+salon@gmail.com',
      }),
    ).rejects.toMatchObject({ code: 'prospects.alreadyKnown', params: { id: kept } });
  });

  it.each([
    ['the client’s list', true],
    ['the agency’s list', false],
  ])(
    'whoever objects on %s under the address or the profile that went is contacted no more',
    async (_, isOwn) => {
      const { client } = await readyClient(world, `Opposée ${isOwn}`);
      const admin = await world.admin();
      const tag = isOwn ? 'un' : 'deux';
      const list = world.get(SuppressionList);
      const owner = isOwn ? client.id : null;
      const kept = await prospectOf(world, client.id, { email: `jean.${tag}@roux.fr` });
      const gone = await prospectOf(world, client.id, {
        email: `jean.roux.${tag}@gmail.com`,
        linkedinUrl: `https://www.linkedin.com/in/jean-roux-${tag}`,
      });
      const colleague = await prospectOf(world, client.id, { email: `anne.${tag}@roux.fr` });
      await merge(world, admin, kept, gone, { linkedin: 'survivor' });
      const mail = { kind: 'email', value: `jean.roux.${tag}+salon@gmail.com`, reason: 'STOP' } as const;
      const entry = await list.add(admin, owner, mail);
      expect((await prospect(kept))!.status).toBe('do_not_contact');
      expect((await prospect(colleague))!.status).toBe('new');

      // Lifted, they stand where they stood; by the other key that went, they are stopped again.
      await list.lift(admin, entry.id, 'Malentendu');
      expect((await prospect(kept))!.status).toBe('new');
      const profile = `https://www.linkedin.com/in/jean-roux-${tag}`;
      await list.add(admin, owner, { kind: 'linkedin', value: profile, reason: 'STOP' });
      expect((await prospect(kept))!.status).toBe('do_not_contact');
    },
  );

  it('is undone though the company of the one who went is gone: its name stays with them', async () => {
    const { client } = await readyClient(world, 'Sans société');
    const admin = await world.admin();
    const companyId = newId();
    const now = world.clock.now();
    await world.database.write((tx) =>
      tx.entities.insert(Company, {
        id: companyId,
        clientId: client.id,
        name: 'Xco',
        nameKey: 'xco',
        createdAt: now,
      }),
    );
    const kept = await prospectOf(world, client.id, { lastName: 'Restée' });
    const gone = await prospectOf(world, client.id, { lastName: 'Partie', companyName: 'Xco', companyId });
    const { id } = await merge(world, admin, kept, gone);
    await world.database.write(async (tx) => {
      await tx.entities.update(Prospect, { id: kept }, { companyId: null });
      await tx.entities.delete(Company, { id: companyId });
    });
    await undo(admin, id);
    expect(await prospect(gone)).toMatchObject({ companyName: 'Xco', companyId: null });
  });

  it('nobody merges with a prospect of another client, with themselves, or out of their sight', async () => {
    const [one, other] = [await readyClient(world, 'Ici'), await readyClient(world, 'Là-bas')];
    const admin = await world.admin();
    const kept = await prospectOf(world, one.client.id);
    const foreign = await prospectOf(world, other.client.id);
    const refused = { fields: { otherId: 'merge.notThere' } };
    await expect(merge(world, admin, kept, foreign)).rejects.toMatchObject(refused);
    await expect(merge(world, admin, kept, kept)).rejects.toMatchObject({
      fields: { otherId: 'merge.same' },
    });
    const sdr = await world.person('sdr', [other.client.id]);
    await expect(merge(world, sdr, kept, foreign)).rejects.toMatchObject({ code: 'notFound' });
    const buyer = await world.person('client', [one.client.id]);
    await expect(merge(world, buyer, kept, foreign)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('a merge looked at before somebody changed one of the two is refused', async () => {
    const { client } = await readyClient(world, 'Entre-temps');
    const admin = await world.admin();
    const kept = await prospectOf(world, client.id);
    const otherId = await prospectOf(world, client.id, { email: 'autre@ailleurs.fr' });
    await world.get(Prospects).edit(admin, otherId, { title: 'Directrice' });
    await expect(world.get(Merges).merge(admin, kept, { otherId, otherVersion: 1 })).rejects.toMatchObject({
      code: 'prospects.editedMeanwhile',
    });
  });

  it('of two merges of one pair at the same moment one is made', async () => {
    const { client } = await readyClient(world, 'Ensemble');
    const admin = await world.admin();
    const [one, other] = [await prospectOf(world, client.id), await prospectOf(world, client.id)];
    const results = await Promise.allSettled([
      merge(world, admin, one, other),
      merge(world, admin, other, one),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('every table with a prospect in it is moved by somebody, or left alone for a reason', async () => {
    const reasons = new Map([
      ['activity', 'moved by the merge itself'],
      ['prospect_alias', 'moved by the merge itself'],
      ['list_member', 'united by the merge itself'],
      ['activity_pending', 'noted anew'],
      ['prospect_funnel', 'derived from the facts'],
      ['import_row', 'tells what an import did, under the id of that day'],
      ['bulk_act_row', 'tells what a bulk act did, under the id of that day'],
      ['icp_trial_row', 'a trial lasts a day'],
    ]);
    const tables = await world.database.read((db) =>
      Promise.resolve(
        ENTITIES.map((entity) => db.entities.dataSource.getMetadata(entity))
          .filter(({ columns }) => columns.some(({ propertyName }) => propertyName === 'prospectId'))
          .map(({ tableName }) => tableName),
      ),
    );
    const moved = new Set(world.get(MergeParts).all.flatMap((part) => part.tables));
    expect(tables.filter((table) => !moved.has(table) && !reasons.has(table))).toEqual([]);
  });

  describe('suggestions', () => {
    const search = async (clientId: string) => {
      const searches = world.get(DuplicateSearches);
      searches.start(clientId);
      await searches.finished(clientId);
    };

    it('name the pairs that are alike, the likeliest first, and nobody of another client', async () => {
      const [{ client }, other] = [
        await readyClient(world, 'Semblables'),
        await readyClient(world, 'Voisin'),
      ];
      const admin = await world.admin();
      const named = (
        clientId: string,
        firstName: string,
        lastName: string,
        companyName: string,
        email: string,
      ) => prospectOf(world, clientId, { firstName, lastName, companyName, email });
      const one = await named(client.id, 'Jean', 'Dupont', 'Acme', 'jean.dupont@acme.fr');
      const same = await named(client.id, 'Jean', 'DUPONT', 'ACME SAS', 'jdupont@acme.fr');
      const nick = await named(client.id, 'William', 'Gray', 'Gray', 'w@gray.fr');
      const bill = await named(client.id, 'Bill', 'Gray', 'Gray SARL', 'bill@gray-group.com');
      await named(client.id, 'Jean', 'Dupont', 'Nordia', 'jean.dupont@nordia.fr');
      await named(other.client.id, 'Jean', 'Dupont', 'Acme', 'j.dupont@acme.fr');
      await search(client.id);
      const { items, total, search: state } = await world.get(DuplicateQueries).suggested(admin, client.id);
      expect(items.map(({ first, second }) => [first.id, second.id].sort())).toEqual([
        [one, same].sort(),
        [nick, bill].sort(),
      ]);
      expect(items[0]).toMatchObject({ isSure: true });
      expect(total).toBe(2);
      expect(state).toMatchObject({ isRunning: false, prospects: 5 });
    });

    it('forget a pair that somebody said is two people, and remember it for the survivor of a merge', async () => {
      const { client } = await readyClient(world, 'Distincts');
      const admin = await world.admin();
      const make = (email: string) =>
        prospectOf(world, client.id, { firstName: 'Jean', lastName: 'Martin', companyName: 'Acme', email });
      const [father, son, copy] = [
        await make('jean.martin@acme.fr'),
        await make('jm@acme.fr'),
        await make('j.martin@acme.fr'),
      ];
      await world.get(Distinctions).keepApart(admin, client.id, { firstId: father, secondId: son });
      await search(client.id);
      const suggested = async () => (await world.get(DuplicateQueries).suggested(admin, client.id)).items;
      expect(await suggested()).toHaveLength(2);
      const { id } = await merge(world, admin, copy, father);
      await search(client.id);
      expect(await suggested()).toEqual([]);
      await undo(admin, id);
      await search(client.id);
      expect(
        (await suggested()).some(
          ({ first, second }) => [first.id, second.id].sort().join() === [father, son].sort().join(),
        ),
      ).toBe(false);
    });

    it('drop a pair that is alike no longer', async () => {
      const { client } = await readyClient(world, 'Corrigés');
      const admin = await world.admin();
      const make = (email: string) =>
        prospectOf(world, client.id, { firstName: 'Jean', lastName: 'Martin', companyName: 'Acme', email });
      const [one] = [await make('jean.martin@acme.fr'), await make('jm@acme.fr')];
      world.clock.set('2027-01-11T10:00:00Z');
      await search(client.id);
      expect(await world.get(DuplicateQueries).count(admin, client.id)).toBe(1);
      await world.get(Prospects).edit(admin, one, { firstName: 'Paul', lastName: 'Legrand' });
      world.clock.set('2027-01-11T11:00:00Z');
      await search(client.id);
      expect(await world.get(DuplicateQueries).count(admin, client.id)).toBe(0);
    });
  });
});

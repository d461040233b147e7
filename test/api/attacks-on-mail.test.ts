import sql from 'sql-template-tag';
import { beforeEach, expect, it } from 'vitest';
import { Clients } from '../../src/clients/clients.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { EngineClaims } from '../../src/sequences/engine/engine-claims.service.js';
import { EngineDispatch } from '../../src/sequences/engine/engine-dispatch.service.js';
import {
  addressee,
  engineCast,
  enrolAll,
  mailsTo,
  prospectNow,
  quietOthers,
  storyMailer,
  tickAt,
  type EngineCast,
  type StoryMailer,
} from '../support/engine-stories.js';
import { incoming } from '../support/incoming-stories.js';
import { onBothDatabases } from '../support/world.js';

const said = ({ status, body }: { status: number; body: unknown }): unknown[] => [
  status,
  (body as { message: string }).message,
];

// Monday 9 March 2026, 10:00 in Paris.
const MONDAY = '2026-03-09T09:00:00Z';

onBothDatabases('Mail under attack', (world) => {
  let mailer: StoryMailer;
  beforeEach(async () => {
    world.clock.set(MONDAY);
    await quietOthers(world);
    mailer = storyMailer(world);
  });

  const oppose = (cast: EngineCast, kind: string, value: string, channels?: string[]) =>
    world.get(SuppressionList).add(cast.sdr, cast.client.id, {
      kind,
      value,
      reason: 'A demandé',
      ...(channels ? { channels } : {}),
    } as never);

  it.each([
    ['a domain', (address: string) => ['domain', address.split('@')[1]!] as const, undefined],
    ['an address, by mail alone', (address: string) => ['email', address] as const, ['email']],
  ])('%s opposed between the claim and the sending gets nothing', async (_, keyOf, channels) => {
    const cast = await engineCast(world, `Entre-deux ${_.length}`);
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    const { claimed } = await world.database.write((tx) =>
      world.get(EngineClaims).claim(tx, cast.mailbox.id, world.clock.now()),
    );
    expect(claimed).toHaveLength(1);
    const [kind, value] = keyOf(claimed[0]!.mail.toAddress);
    await oppose(cast, kind, value, channels);
    await world.get(EngineDispatch).sendAll(claimed);
    expect(mailer.posted).toEqual([]);
    expect(await mailsTo(world, prospectId)).toEqual([]);
  });

  async function answered(name: string, has: Record<string, unknown> = {}) {
    const cast = await engineCast(world, name);
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    await tickAt(world, MONDAY);
    const [sent] = await mailsTo(world, prospectId);
    const mailId = await incoming(world, sent!, 'interested', has);
    mailer.posted.length = 0;
    return { cast, prospectId, mailId, api: await world.api(cast.sdr) };
  }

  it('an answer goes to the address that wrote: one that objected gets none, whoever it belongs to', async () => {
    const { cast, mailId, api } = await answered('Autre adresse', { fromAddress: 'claire@ailleurs.example' });
    await oppose(cast, 'email', 'claire@ailleurs.example');
    const refused = await api.post(`/replies/${mailId}/answer`, { text: 'Bonjour' });
    expect(said(refused)).toEqual([409, 'This person does not want to be written to any more.']);
    expect(mailer.posted).toEqual([]);
  });

  it.each([
    '',
    'no-at-sign',
    '"a b"@x.example',
    'a@b.example, c@d.example',
    'a\r\nBcc: x@y.example@z.example',
  ])('a mail from %j has nobody to be answered to', async (fromAddress) => {
    const { mailId, api, prospectId } = await answered(`Sans adresse ${fromAddress.length}`, { fromAddress });
    const before = (await mailsTo(world, prospectId)).length;
    const refused = await api.post(`/replies/${mailId}/answer`, { text: 'Bonjour' });
    expect(said(refused)).toEqual([409, 'This mail has no address that can be answered.']);
    expect((await mailsTo(world, prospectId)).length).toBe(before);
  });

  it('an objection under an address of before a merge holds for the person who is left', async () => {
    const cast = await engineCast(world, 'Deux adresses');
    const someone = (): Promise<string> => addressee(world, cast.client.id);
    const [kept, gone, free, twin] = [await someone(), await someone(), await someone(), await someone()];
    const api = await world.api(cast.sdr);
    const { email } = await prospectNow(world, gone);
    await enrolAll(world, cast, [kept, free]);
    await api.post(`/prospects/${kept}/merge`, { otherId: gone }).expect(200);
    await api.post(`/prospects/${free}/merge`, { otherId: twin }).expect(200);
    await oppose(cast, 'email', email!);
    await tickAt(world, MONDAY);
    await tickAt(world, '2026-03-09T09:30:00Z');
    // The other pair, of which nobody objected, is written to.
    const { email: address } = await prospectNow(world, free);
    expect(mailer.posted.map(({ mail }) => mail.to.address)).toEqual([address]);
  });

  it('two who understand one answer at once: one is heard', async () => {
    const { cast, mailId } = await answered('À deux');
    const other = await world.api(await world.person('sdr', [cast.client.id], 'Odile'));
    const first = await world.api(cast.sdr);
    const both = await Promise.all([
      first.post(`/replies/${mailId}/triage`, { class: 'interested' }),
      other.post(`/replies/${mailId}/triage`, { class: 'not_interested' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('two identical answers clicked at once leave once', async () => {
    const { mailId, api } = await answered('Double clic');
    const both = await Promise.all(
      [1, 2].map(() => api.post(`/replies/${mailId}/answer`, { text: 'Jeudi ?' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(mailer.posted).toHaveLength(1);
  });

  it('an address asked for twice in a search breaks no page', async () => {
    const { cast, mailId } = await answered('Deux fois', {
      prospectId: null,
      touchId: null,
      enrolmentId: null,
      state: 'unmatched',
    });
    const browser = await world.browser(cast.sdr);
    expect((await browser.get(`/inbox/${mailId}?q=a&q=b`)).status).toBeLessThan(500);
    expect((await browser.get(`/inbox/${mailId}?q[x]=b`)).status).toBeLessThan(500);
    expect((await browser.get(`/today?item=a&item=b&of=x&of=y`)).status).toBeLessThan(500);
    expect((await browser.get(`/today?item[x]=b`)).status).toBeLessThan(500);
    const stranger = await world.browser(await world.person('sdr', [], 'Autre'));
    for (const path of ['', '/html'])
      expect((await stranger.get(`/inbox/${mailId}${path}`)).status).toBe(404);
    for (const act of ['owner', 'discard', 'restore'])
      expect((await stranger.post(`/inbox/${mailId}/${act}`, { prospectId: mailId })).status).toBe(404);
  });

  it('nothing of a client that is switched off is launched', async () => {
    const cast = await engineCast(world, 'Éteint', { sequence: { state: 'testing', launchedAt: null } });
    const admin = await world.admin();
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO sequence_test (id, sequence_id, sequence_version_id, version, size, enrolled, seed, choice, drawn_from, started_at, decision, decided_at, reason)
      SELECT v.id, v.sequence_id, v.id, 1, 1, 1, 's', '{}', 1, ${world.clock.now()}, 'go', ${world.clock.now()}, 'ok' FROM sequence_version v WHERE v.sequence_id = ${cast.sequence.id}`),
    );
    await world.get(Clients).switchOff(admin, cast.client.id);
    const api = await world.api(admin);
    const launched = await api.post(`/sequences/${cast.sequence.id}/launch`, {});
    expect(said(launched)).toEqual([409, expect.stringContaining('switched off')]);
    await world.database.write((tx) =>
      tx.run(sql`UPDATE sequence SET state = 'paused' WHERE id = ${cast.sequence.id}`),
    );
    const resumed = await api.post(`/sequences/${cast.sequence.id}/resume`, {});
    expect(said(resumed)).toEqual([409, expect.stringContaining('switched off')]);
  });
});

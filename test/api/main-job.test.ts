import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Caller } from '../support/caller.js';
import { onBothDatabases } from '../support/world.js';

const APOLLO = readFileSync(new URL('../imports/ok/apollo.csv', import.meta.url));

interface Named {
  id: string;
}

/** The whole main job as a program would do it, from the client to the exported report. */
onBothDatabases('the main job through the API', (world) => {
  it('goes from an Apollo file to an accepted meeting and the report that counts it', async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    const admin = await world.api(await world.admin());
    const client = await made<Named>(admin, '/clients', {
      name: 'Nordia',
      domain: 'nordia.example',
      timeZone: 'Europe/Paris',
      locale: 'fr',
      legalName: 'Nordia SAS',
      privacyUrl: 'https://nordia.example/confidentialite',
      dataSourceFr: 'le site de votre entreprise',
      dataSourceEn: 'your company’s website',
    });
    await made(admin, `/clients/${client.id}/engagements`, {
      startsOn: '2026-03-01',
      targets: { held: 8, qualified: 5 },
      price: { setupCents: 150_000, retainerCents: 350_000 },
      qualificationCriteria: [{ key: 'budget', label: 'Un budget est identifié' }],
      acceptanceDays: 5,
    });
    await made(admin, `/clients/${client.id}/icps`, { name: 'Industrie', countries: ['FR'] });
    const host = await made<Named>(admin, `/clients/${client.id}/contacts`, {
      name: 'Hélène Hôte',
      email: 'helene@nordia.example',
    });
    const sdr = await world.api(await world.person('sdr', [client.id], 'Sam'));
    const portal = await world.api(await world.person('client', [client.id], 'Cleo'));

    // The SDR brings a file: first the counts alone, then for real, then once more by mistake.
    const dry = await imported(sdr, client.id, { dryRun: 'true' });
    expect(dry.created).toBeGreaterThan(0);
    expect(await people(sdr, client.id)).toHaveLength(0);
    const real = await imported(sdr, client.id, { listName: 'Apollo' });
    expect(real).toMatchObject({ created: dry.created, failed: dry.failed });
    const again = await imported(sdr, client.id, {});
    expect(again.created).toBe(0);

    // Works the first of them through a sequence.
    const sequence = await made<Named>(sdr, `/clients/${client.id}/sequences`, {
      name: 'Premier contact',
      steps: [
        { day: 0, channel: 'call', variants: [{ body: 'Appeler {{firstName}}.' }] },
        {
          day: 2,
          channel: 'email',
          variants: [{ subject: '{{companyName}}', body: 'Bonjour {{firstName}}\n\n{{notice}}' }],
        },
      ],
    });
    await done(sdr.post(`/sequences/${sequence.id}/submit`));
    await done(portal.post(`/sequences/${sequence.id}/approve`));
    await done(sdr.post(`/sequences/${sequence.id}/test`, { size: 1 }));
    await done(admin.post(`/sequences/${sequence.id}/decide`, { decision: 'go', reason: 'Convaincant' }));
    await done(admin.post(`/sequences/${sequence.id}/launch`));
    const [person] = await people(sdr, client.id);
    const enrolled = await done(
      sdr.post(`/sequences/${sequence.id}/enrolments`, { prospectIds: [person!.id] }),
    );
    expect(enrolled.body).toMatchObject({ enrolled: 1, skipped: [] });
    await done(
      sdr.post(`/prospects/${person!.id}/touches`, { channel: 'call', kind: 'call', result: 'conversation' }),
    );
    await done(
      sdr.post(`/prospects/${person!.id}/status`, { to: 'interested', note: 'Budget au printemps' }),
    );
    const illegal = await sdr.post(`/prospects/${person!.id}/status`, { to: 'qualified' });
    expect([illegal.status, illegal.body]).toMatchObject([409, { error: 'illegal_move' }]);
    expect((illegal.body as { legal: string[] }).legal).toContain('later');

    // Books, holds, claims; the client accepts.
    const booking = { startsAt: '2026-03-10T10:00:00Z', hostId: host.id, place: 'Visio' };
    const meeting = await made<Named>(sdr, `/prospects/${person!.id}/meetings`, booking);
    const moved = await done(
      sdr.post(`/meetings/${meeting.id}/reschedule`, { startsAt: '2026-03-11T10:00:00Z' }),
    );
    expect(moved.body).toMatchObject({ id: meeting.id, originalStartsAt: '2026-03-10T10:00:00.000Z' });
    world.clock.set('2026-03-11T11:00:00Z');
    await done(sdr.post(`/meetings/${meeting.id}/hold`));
    await done(sdr.post(`/meetings/${meeting.id}/claim`, { criteria: ['budget'] }));
    expect((await sdr.post(`/meetings/${meeting.id}/accept`)).status).toBe(403);
    await done(portal.post(`/meetings/${meeting.id}/accept`));

    // The report counts exactly that, and the file says the same.
    const range = 'from=2026-03-01&to=2026-03-31';
    const funnel = await done(admin.get(`/clients/${client.id}/reports/funnel?view=cohort&${range}`));
    const { counts } = (funnel.body as { total: { counts: Record<string, number> } }).total;
    expect(counts).toMatchObject({
      attempted: 1,
      contacted: 1,
      replied: 1,
      interested: 1,
      booked: 1,
      held: 1,
      qualified: 1,
    });
    const cost = await done(admin.get(`/clients/${client.id}/reports/cost?${range}`));
    // Set-up 1,500.00 whole; 11 of March's 31 days of 3,500.00 = 1,241.94 (124,193.5…, half up).
    expect((cost.body as { actual: object }).actual).toMatchObject({
      lines: { setup: 150_000, retainer: 124_194 },
      booked: 1,
      held: 1,
      qualified: 1,
    });
    const csv = await done(admin.get(`/clients/${client.id}/reports/roi.csv?${range}&lang=fr`));
    expect(csv.headers['content-type']).toContain('text/csv');
    for (const kind of ['pdf', 'xlsx']) {
      const file = await done(
        admin.get(`/clients/${client.id}/reports/roi.${kind}?${range}&lang=en`).buffer(true),
      );
      expect(Number(file.headers['content-length'] ?? (file.body as Buffer).length)).toBeGreaterThan(1000);
    }
    const history = await done(sdr.get(`/prospects/${person!.id}`));
    expect(JSON.stringify(history.body)).toContain('meeting.accepted');
  });
});

async function done(call: ReturnType<Caller['get']>): Promise<Awaited<typeof call>> {
  const answer = await call;
  if (answer.status >= 300)
    throw new Error(`${answer.request.method} ${answer.request.url}: ${answer.status} ${answer.text}`);
  return answer;
}

async function made<T extends object>(api: Caller, path: string, body: object): Promise<T> {
  return (await done(api.post(path, body))).body as T;
}

interface Counts {
  status: string;
  created: number;
  failed: number;
}

async function imported(api: Caller, clientId: string, fields: Record<string, string>): Promise<Counts> {
  const upload = await api.upload(
    `/clients/${clientId}/imports`,
    { name: 'apollo.csv', content: APOLLO },
    fields,
  );
  expect(upload.status).toBe(202);
  for (;;) {
    const counts = (await done(api.get(`/imports/${(upload.body as Named).id}`))).body as Counts;
    if (!['checking', 'importing'].includes(counts.status)) return counts;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function people(api: Caller, clientId: string): Promise<Named[]> {
  return (
    (await done(api.get(`/clients/${clientId}/prospects?fit=fit&status=new`))).body as { items: Named[] }
  ).items;
}

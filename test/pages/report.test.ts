import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { ReportStory } from '../support/report-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('The report page of a client', (world) => {
  let story: ReportStory;
  let admin: Actor;

  beforeAll(async () => {
    admin = await world.admin();
    world.clock.set('2026-04-30T10:00:00Z');
    story = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01');
    const { userId } = await world.person('sdr', [story.clientId], 'Sam');
    // Forty people called; thirty answered the telephone in person, three of them booked, two came, one was accepted.
    for (let n = 0; n < 40; n++) {
      const result = n < 30 ? 'conversation' : 'no_answer';
      const id = await story.prospect(`Personne ${n}`, [
        { kind: 'prospect.created', day: 0 },
        { kind: 'touch', day: 1, userId, channel: 'call', result },
      ]);
      const state = n === 2 ? 'no_show_guest' : 'held';
      const qualification = n === 0 ? 'accepted' : 'none';
      const meeting = { bookedDay: 3, startsDay: 10, state, qualification, channel: 'call', userId };
      if (n < 3) await story.meeting(id, meeting);
    }
  });

  const address = (query: string): string => `/clients/${story.clientId}/report${query}`;
  const plain = (html: string): string => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  const text = (html: string): string =>
    plain(html)
      .replace(/<[^>]+>|&nbsp;/g, ' ')
      .replace(/[\s\u00a0\u202f]+/g, ' ');

  it('shows the cohort since the engagement began when nobody chose otherwise', async () => {
    const page = await (await world.browser(admin)).get(address(''));
    expect(page.status).toBe(200);
    expect(text(page.text)).toContain('The people first attempted from 1 Mar 2026 to 30 Apr 2026');
    // 30 of 40 contacted: 75.0 %, Wilson 59.8–85.8 %.
    expect(text(page.text)).toMatch(/Contacted 30 75\.0 % \(30 of 40; 59\.8–85\.8 %\) of attempted/);
    // Three of thirty booked: 10.0 %, Wilson 3.5–25.6 %.
    expect(text(page.text)).toMatch(/Booking .* 10\.0 % 3 of 30 3\.5–25\.6 %/);
    // Two of three meetings held: fewer than thirty, the counts come first.
    expect(text(page.text)).toContain('2 of 3 (66.7 %; 20.8–93.9 %)');
    expect(page.text).toContain('rate rate--thin');
  });

  it('says beside the funnel how many mails may still come back, and opens onto them', async () => {
    const own = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01');
    const mail = { kind: 'touch', channel: 'email', result: 'sent' } as const;
    await own.prospect('Ana Tôt', [{ ...mail, day: 1 }]);
    // Day 58 at 08:00 UTC is 29 April: 26 hours ago, less than 72.
    await own.prospect('Zoé Tard', [{ ...mail, day: 58 }]);
    const browser = await world.browser(admin);
    const page = await browser.get(`/clients/${own.clientId}/report`);
    expect(text(page.text)).toContain('Contacted 1 1 of 2');
    expect(text(page.text)).toContain('1 person’s mail is still within 72 hours of leaving');
    const rows = await browser.get(plain(/href="([^"]+mail_waiting)"/.exec(page.text)![1]!));
    expect(text(rows.text)).toContain('Zoé Tard');
    expect(text(rows.text)).not.toContain('Ana Tôt');
  });

  it('says it in French, with the comma and the spaces of French', async () => {
    const frenchAdmin = { ...admin, locale: 'fr' as const };
    await world.database.write((tx) =>
      tx.entities.update('User', { id: frenchAdmin.userId }, { locale: 'fr' }),
    );
    const page = await (await world.browser(admin)).get(address(''));
    await world.database.write((tx) =>
      tx.entities.update('User', { id: frenchAdmin.userId }, { locale: 'en' }),
    );
    expect(text(page.text)).toContain('75,0 % (30 sur 40 ; 59,8–85,8 %) des approchés');
    expect(text(page.text)).toContain(
      'Les personnes approchées pour la première fois entre le 1er mars 2026',
    );
  });

  it('keeps the period view apart: counts by date, no conversion', async () => {
    const page = await (
      await world.browser(admin)
    ).get(address('?view=period&from=2026-03-01&to=2026-03-31'));
    expect(text(page.text)).toContain('Entries into each stage');
    expect(text(page.text)).toMatch(/Dials 40/);
    expect(text(page.text)).not.toContain('booked / contacted');
  });

  it('opens a figure onto its rows, and those onto the people', async () => {
    const browser = await world.browser(admin);
    const report = await browser.get(address('?view=cohort&from=2026-03-01&to=2026-03-31'));
    const href = /href="([^"]+figure=booked)"/.exec(plain(report.text))![1]!;
    const rows = await browser.get(href);
    expect(text(rows.text)).toContain('3 people of the cohort from 1 Mar 2026 to 31 Mar 2026.');
    expect(rows.text.match(/href="\/prospects\/[0-9a-f-]+"/g)).toHaveLength(3);
    const meetings = await browser.get(href.replace('figure=booked', 'figure=meetings_held'));
    expect(meetings.text.match(/href="\/meetings\/[0-9a-f-]+"/g)).toHaveLength(2);
    const calls = await browser.get(href.replace('figure=booked', 'figure=dials'));
    expect(text(calls.text)).toContain('40 actions');
    expect(calls.text).toContain('Conversation');
  });

  it.each(['channel', 'sequence', 'sdr', 'icp'])('is broken down by %s', async (by) => {
    for (const view of ['cohort', 'period']) {
      const page = await (
        await world.browser(admin)
      ).get(address(`?view=${view}&from=2026-03-01&to=2026-03-31&by=${by}`));
      expect(page.status).toBe(200);
      expect(plain(page.text)).toContain('line=');
    }
  });

  it('names the field of a period that is none, and keeps what was typed', async () => {
    const page = await (await world.browser(admin)).get(address('?from=2026-05-01&to=2026-03-31'));
    expect(page.status).toBe(422);
    expect(text(page.text)).toContain('The end is before the start');
    expect(page.text).toContain('value="2026-05-01"');
    expect((await (await world.browser(admin)).get(address('?from=2026-02-30'))).status).toBe(422);
    expect((await (await world.browser(admin)).get(address('?view=sideways'))).status).toBe(422);
  });

  it('is not found for somebody of another client', async () => {
    const stranger = await world.person('manager', [], 'Max');
    expect((await (await world.browser(stranger)).get(address(''))).status).toBe(404);
    expect((await (await world.browser(stranger)).get(address('/rows?figure=booked'))).status).toBe(404);
  });

  describe('The portfolio', () => {
    it('puts the client furthest behind first, and says why', async () => {
      await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01', 'Europe/Paris', {
        held: 0,
        qualified: 0,
      });
      const page = await (await world.browser(admin)).get('/portfolio');
      expect(page.status).toBe(200);
      // On 30 April all of April's eight held and five qualified are expected, and none took place.
      expect(text(page.text)).toMatch(/Métallerie Roux (Held|Qualified): 0 against (8|5) expected to date/);
      // Read aloud, a figure says what it counts.
      expect(text(page.text)).toContain('0 of 8 meetings held');
      expect(text(page.text)).toContain('0 of 5 qualified meetings');
      expect(text(page.text).indexOf('Behind')).toBeLessThan(text(page.text).indexOf('No target'));
    });

    it('expects the same whole meetings on the client’s own page as on the account manager’s', async () => {
      const own = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-04-11');
      // Half of April is over, five of the engagement's twenty days: 8 and 5 a month come to 1.3 and 0.8.
      world.clock.set('2026-04-15T10:00:00Z');
      const manager = await world.person('manager', [own.clientId], 'Ada');
      const buyer = await world.person('client', [own.clientId], 'Rose');
      const theirs = text((await (await world.browser(manager)).get('/portfolio')).text);
      expect(theirs).toContain('Held: 0 against 1 expected to date');
      expect(theirs).toMatch(/0 of 5\.3 meetings held expected: 1 0 of 3\.3 qualified meetings expected: 0/);
      const yours = text((await (await world.browser(buyer)).get('/portal')).text);
      expect(yours).toMatch(/0 of 5\.3 Expected by today: 1 .* 0 of 3\.3 Expected by today: 0/);
      world.clock.set('2026-04-30T10:00:00Z');
    });

    it('shows a manager only the clients in sight, and an SDR nothing', async () => {
      const manager = await world.person('manager', [], 'Mia');
      expect(text((await (await world.browser(manager)).get('/portfolio')).text)).toContain('No client yet');
      const sdr = await world.person('sdr', [story.clientId], 'Lou');
      expect((await (await world.browser(sdr)).get('/portfolio')).status).toBe(403);
    });
  });
});

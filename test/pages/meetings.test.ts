import sql from 'sql-template-tag';
import { beforeEach, describe, expect, it } from 'vitest';
import { integer } from '../../src/database/rows.js';
import { MeetingQueries } from '../../src/meetings/meeting.queries.js';
import { Outcomes } from '../../src/meetings/outcomes.service.js';
import type { Browser } from '../support/browser.js';
import { aClaim, aMeeting, aProspect, type Cast, castOf, statusOf } from '../support/meetings-stories.js';
import { onBothDatabases } from '../support/world.js';

const tuesday = '2026-03-10T09:00:00Z';

onBothDatabases('the pages of meetings', (world) => {
  let cast: Cast;
  let sdr: Browser;
  let buyer: Browser;
  const story = { number: 0 };

  beforeEach(async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    story.number += 1;
    cast = await castOf(world, `Nordia ${story.number}`);
    sdr = await world.browser(cast.sdr);
    buyer = await world.browser(cast.buyer);
  });

  describe('booking', () => {
    it('asks for a time of the client, says which zone, and books it there', async () => {
      const prospect = await aProspect(world, cast.client.id);
      const form = await sdr.get(`/prospects/${prospect.id}/meetings/new`);
      expect(form.status).toBe(200);
      expect(form.text).toContain('Paris (');
      const booked = await sdr.submit(`/prospects/${prospect.id}/meetings`, {
        day: '2026-03-30',
        time: '10:00',
        hostId: cast.host.id,
        durationMinutes: '45',
        place: '',
      });
      expect(booked.status).toBe(200);
      expect(booked.text).toContain('Mon, 30 Mar 2026, 10:00–10:45');
      const { items } = await world.get(MeetingQueries).list(cast.sdr, {}, { clientId: cast.client.id });
      // Paris is at UTC+2 from 29 March on.
      expect(items[0]?.startsAt.toISOString()).toBe('2026-03-30T08:00:00.000Z');
    });

    it('whoever books from Today is shown the way back to their queue, and nobody else is', async () => {
      const slot = { time: '10:00', hostId: cast.host.id };
      const book = async (from: string | undefined, day: string) => {
        const prospect = await aProspect(world, cast.client.id);
        const query = from === undefined ? '' : `?from=${encodeURIComponent(from)}`;
        const form = await sdr.get(`/prospects/${prospect.id}/meetings/new${query}`);
        const carried = /name="from" value="([^"]*)"/.exec(form.text)?.[1];
        const sent = { ...slot, ...(carried === undefined ? {} : { from: carried }) };
        // Sent once with a slip: what comes back still knows where it came from.
        const slipped = await sdr.post(`/prospects/${prospect.id}/meetings`, { ...sent, day: '2026-03-01' });
        expect(/name="from" value="([^"]*)"/.exec(slipped.text)?.[1]).toBe(carried);
        const booked = await sdr.submit(`/prospects/${prospect.id}/meetings`, { ...sent, day });
        expect(booked.text).toContain('Meeting booked.');
        return booked.text;
      };
      const back = (href: string) => new RegExp(`href="${href}">Back to Today<`);
      expect(await book('today', '2026-03-11')).toMatch(back('/today'));
      expect(await book('today-team', '2026-03-12')).toMatch(back('/today\\?of&#x3D;team'));
      expect(await book(undefined, '2026-03-13')).not.toContain('Back to Today');
      for (const [day, elsewhere] of [
        ['2026-03-16', 'https://evil.example'],
        ['2026-03-17', '//evil.example/today'],
        ['2026-03-18', 'constructor'],
      ]) {
        const text = await book(elsewhere, day!);
        expect(text).not.toContain('Back to Today');
        expect(text).not.toContain('evil');
      }
      const prospect = await aProspect(world, cast.client.id);
      const forged = { ...slot, day: '2026-03-19', from: '//evil.example' };
      const answer = await sdr.post(`/prospects/${prospect.id}/meetings`, forged);
      expect(answer.headers['location']).toMatch(/^\/meetings\/[0-9a-f-]{36}$/);
    });

    it('sends a wrong form back filled in, with the sentence at the field', async () => {
      const prospect = await aProspect(world, cast.client.id);
      const address = `/prospects/${prospect.id}/meetings`;
      const past = await sdr.post(address, {
        day: '2026-01-20',
        time: '10:00',
        hostId: cast.host.id,
        place: 'Lyon',
      });
      expect(past.status).toBe(422);
      expect(past.text).toContain('This was more than 31 days ago: too late to record it.');
      expect(past.text).toContain('value="Lyon"');
      const skipped = await sdr.post(address, { day: '2027-03-28', time: '02:30', hostId: cast.host.id });
      expect(skipped.text).toContain('There is no such time on that day');
      const nobody = await sdr.post(address, { day: '2026-03-10', time: '10:00', hostId: 'nobody' });
      expect(nobody.status).toBe(422);
    });

    it('clicked twice books once', async () => {
      const prospect = await aProspect(world, cast.client.id);
      const form = { day: '2026-03-10', time: '10:00', hostId: cast.host.id };
      const [one, other] = await Promise.all([
        sdr.post(`/prospects/${prospect.id}/meetings`, form),
        sdr.post(`/prospects/${prospect.id}/meetings`, form),
      ]);
      expect([one.status, other.status]).toEqual([303, 303]);
      expect(one.headers['location']).toBe(other.headers['location']);
    });

    it('says whose time is taken', async () => {
      await aMeeting(world, cast, tuesday);
      const prospect = await aProspect(world, cast.client.id);
      const taken = await sdr.post(`/prospects/${prospect.id}/meetings`, {
        day: '2026-03-10',
        time: '10:15',
        hostId: cast.host.id,
      });
      expect(taken.status).toBe(409);
      expect(taken.text).toContain('Hélène Hôte has another meeting at that time.');
    });
  });

  describe('a meeting', () => {
    it('is moved, held and claimed without a script', async () => {
      const { id } = await aMeeting(world, cast, tuesday);
      const moved = await sdr.submit(`/meetings/${id}/reschedule`, {
        day: '2026-03-11',
        time: '10:00',
        version: '1',
        reason: 'Salon à Lyon',
      });
      expect(moved.text).toContain('Meeting moved.');
      expect(moved.text).toContain('Salon à Lyon');
      expect(moved.text).not.toContain('It took place');
      world.clock.set('2026-03-11T09:30:00Z');
      const held = await sdr.submit(`/meetings/${id}/hold`, { version: '2' });
      expect(held.text).toContain('Claim as qualified');
      const half = await sdr.post(`/meetings/${id}/claim`, { version: '3', criteria: 'budget' });
      expect(half.status).toBe(422);
      expect(half.text).toContain('Every agreed criterion must be met.');
      const claimed = await sdr.submit(`/meetings/${id}/claim`, {
        version: '3',
        criteria: ['budget', 'need'],
      });
      expect(claimed.text).toContain('Awaiting the client');
    });

    it('changed by a colleague meanwhile: the page says by whom, and shows how things stand', async () => {
      const { id } = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-10T10:00:00Z');
      const colleague = await world.person('sdr', [cast.client.id], 'Nina Collègue');
      await world.get(Outcomes).markNoShow(colleague, id, { by: 'guest' });
      const late = await sdr.post(`/meetings/${id}/hold`, { version: '1' });
      expect(late.status).toBe(409);
      expect(late.text).toContain('Meanwhile Nina Collègue noted that the guest did not come.');
      expect(late.text).toContain('Guest no-show');
    });

    it('hands out its calendar file', async () => {
      const { id } = await aMeeting(world, cast, tuesday);
      const file = await sdr.get(`/meetings/${id}/invitation.ics`);
      expect(file.headers['content-type']).toContain('text/calendar');
      expect(file.text).toContain(`UID:${id}@carnet`);
      expect(file.text).toContain('METHOD:REQUEST');
    });

    it('of a client one does not work for is not there', async () => {
      const { id } = await aMeeting(world, cast, tuesday);
      const stranger = await castOf(world, `Autre ${story.number}`);
      const other = await world.browser(stranger.sdr);
      const otherBuyer = await world.browser(stranger.buyer);
      expect((await other.get(`/meetings/${id}`)).status).toBe(404);
      expect((await other.post(`/meetings/${id}/hold`, {})).status).toBe(404);
      const noFile = await other.get(`/meetings/${id}/invitation.ics`);
      expect(noFile.status).toBe(404);
      expect(noFile.headers['content-type']).toContain('text/html');
      expect((await other.get(`/clients/${cast.client.id}/meetings`)).status).toBe(404);
      expect((await otherBuyer.get(`/portal/meetings/${id}`)).status).toBe(404);
      expect((await otherBuyer.post(`/portal/meetings/${id}/accept`, {})).status).toBe(404);
      expect((await other.get('/meetings/not-an-id')).status).toBe(404);
    });
  });

  describe('the list and the calendar', () => {
    it('show the meetings of the clients in sight, each pile with its own', async () => {
      const { id } = await aMeeting(world, cast, tuesday);
      expect((await sdr.get('/meetings')).text).toContain(id);
      expect((await sdr.get('/meetings?pile=to_report')).text).not.toContain(id);
      world.clock.set('2026-03-10T12:00:00Z');
      expect((await sdr.get('/meetings?pile=to_report')).text).toContain(id);
      expect((await sdr.get('/meetings?client=&from=2026-03-10&to=2026-03-10&pile=past')).text).toContain(id);
      expect((await sdr.get('/meetings?from=2026-03-11&to=&pile=past')).text).not.toContain(id);
    });

    it('a month and a week of them', async () => {
      const { id } = await aMeeting(world, cast, tuesday);
      expect((await sdr.get('/meetings?view=month&on=2026-03-31')).text).toContain(id);
      expect(
        (await sdr.get(`/clients/${cast.client.id}/meetings?view=week&on=2026-03-16`)).text,
      ).not.toContain(id);
      expect((await sdr.get(`/clients/${cast.client.id}/meetings?view=week&on=2026-03-09`)).text).toContain(
        id,
      );
      const quiet = await sdr.get(`/clients/${cast.client.id}/meetings?view=week&on=2025-01-06`);
      expect(quiet.text).toContain('No meeting this week.');
      expect((await sdr.get('/meetings?view=week&on=2026-02-31')).status).toBe(404);
    });
  });

  describe('the portal', () => {
    it('shows what awaits a word, and takes it', async () => {
      const claim = await aClaim(world, cast, tuesday);
      const home = await buyer.get('/portal');
      expect(home.text).toContain('One meeting awaits your word.');
      expect(home.text).toContain('Un budget est identifié');
      expect(home.text).toContain('8 days left');
      const thanks = await buyer.submit(`/portal/meetings/${claim.id}/accept`, {
        version: String(claim.version),
      });
      expect(thanks.text).toContain('Thank you: the meeting is accepted.');
      expect(thanks.text).toContain('Qualified, accepted');
      expect(await statusOf(world, claim.prospectId)).toBe('qualified');
    });

    it('a contest needs a reason of the list and words', async () => {
      const claim = await aClaim(world, cast, tuesday);
      const address = `/portal/meetings/${claim.id}/contest`;
      const silent = await buyer.post(address, { criterion: 'budget', text: ' ' });
      expect(silent.status).toBe(422);
      expect(silent.text).toContain('This is needed.');
      expect((await buyer.post(address, { criterion: 'charm', text: 'Non' })).status).toBe(422);
      const contested = await buyer.submit(address, {
        criterion: 'budget',
        text: 'Aucun budget cette année.',
      });
      expect(contested.text).toContain('Your objection has reached the agency.');
      const page = await sdr.get(`/meetings/${claim.id}`);
      expect(page.text).toContain('Aucun budget cette année.');
      expect(page.text).toContain(`Only ${cast.client.name} can take the contest back`);
      // Past: there is nothing left to put in a calendar.
      expect(page.text).not.toContain('invitation.ics');
      const manager = await world.browser(await world.person('manager', [cast.client.id], 'Max'));
      for (const address of ['/portfolio', `/clients/${cast.client.id}`]) {
        const { text } = await manager.get(address);
        expect(text, address).toContain('1 meeting contested, to settle');
        expect(text, address).toContain(`/clients/${cast.client.id}/meetings?pile&#x3D;contested`);
      }
      await buyer.submit(`/portal/meetings/${claim.id}/accept`, {});
      expect((await manager.get('/portfolio')).text).not.toContain('contested, to settle');
    });

    it('clicked twice accepts once', async () => {
      const claim = await aClaim(world, cast, tuesday);
      const form = { version: String(claim.version) };
      const answers = await Promise.all([
        buyer.post(`/portal/meetings/${claim.id}/accept`, form),
        buyer.post(`/portal/meetings/${claim.id}/accept`, form),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
      const accepted = await world.database.read((db) =>
        db.row(
          sql`SELECT COUNT(*) n FROM activity WHERE prospect_id = ${claim.prospectId} AND kind = 'meeting.accepted'`,
          { n: integer },
        ),
      );
      expect(accepted?.n).toBe(1);
    });

    it('tells nothing of the agency’s notes, pay or attribution', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-10T10:00:00Z');
      await world.get(Outcomes).hold(cast.sdr, meeting.id, { note: 'Client difficile, à ménager' });
      for (const path of [
        '/portal',
        '/portal/meetings',
        '/portal/report',
        `/portal/meetings/${meeting.id}`,
      ]) {
        const page = await buyer.get(path);
        expect(page.status, path).toBe(200);
        expect(page.text, path).not.toMatch(
          /Client difficile|Unattributed|32,000|8,000\.00|employer rate|Gross salary/i,
        );
      }
      expect((await buyer.get(`/meetings/${meeting.id}`)).status).toBe(403);
    });

    it('of a client who is switched off can be read, not answered', async () => {
      const claim = await aClaim(world, cast, tuesday);
      await world.database.write((tx) =>
        tx.run(sql`UPDATE client SET switched_off_at = ${world.clock.now()} WHERE id = ${cast.client.id}`),
      );
      const home = await buyer.get('/portal');
      expect(home.text).toContain('Your engagement is suspended');
      expect(home.text).not.toContain('Yes, accept');
      expect((await buyer.post(`/portal/meetings/${claim.id}/accept`, {})).status).toBe(409);
    });

    it('is for the client’s people alone', async () => {
      expect((await sdr.get('/portal')).status).toBe(403);
    });
  });
});

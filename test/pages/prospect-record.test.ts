import { beforeEach, describe, expect, it } from 'vitest';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import {
  addressee,
  engineCast,
  enrolAll,
  mailsTo,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { incoming } from '../support/incoming-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
/** The mails on a page by their first line, top to bottom. */
const letters = (html: string) =>
  [...html.matchAll(/<pre class="letter-text" tabindex="0">([^<]*)<\/pre>/g)].map(
    ([, text]) => text!.split('\n')[0],
  );

onBothDatabases('the full record of a prospect', (world) => {
  beforeEach(() => quietOthers(world));

  describe('the conversation by mail', () => {
    const written = async (name: string) => {
      world.clock.set(MONDAY);
      storyMailer(world);
      const cast = await engineCast(world, name);
      const id = await addressee(world, cast.client.id, { companyName: 'Roux' });
      await enrolAll(world, cast, [id]);
      await tickAt(world, MONDAY);
      const [mail] = await mailsTo(world, id);
      return { cast, id, mail: mail! };
    };
    const answered = (about: Awaited<ReturnType<typeof written>>, minutes: number, text: string) => {
      world.clock.set(new Date(new Date(MONDAY).getTime() + minutes * 60_000));
      const whole = `${text}\n> Bonjour Claire`;
      return incoming(world, about.mail, 'interested', { replyText: text, text: whole });
    };

    it('is there to be read, the latest open, with quotations and the way to answer', async () => {
      const story = await written('À lire');
      const mailId = await answered(story, 30, 'Oui, <b>volontiers</b>.');
      const { text } = await (await world.browser(story.cast.sdr)).get(`/prospects/${story.id}`);
      expect(letters(text)).toEqual([
        'Oui, &lt;b&gt;volontiers&lt;/b&gt;.',
        'Bonjour Claire, message 1 pour Roux.',
      ]);
      expect(text).toContain('&gt; Bonjour Claire');
      expect(text).not.toContain(`/inbox/${mailId}/html`);
      expect(text.match(/<details class="fold" open>/g)).toHaveLength(1);
      expect(text).toContain(`/today?item&#x3D;${story.id}&amp;of&#x3D;team`);
    });

    it('of many mails five have a line, and those before fold away together', async () => {
      const story = await written('Longue');
      for (const n of [1, 2, 3, 4, 5, 6]) await answered(story, n, `Réponse ${n}`);
      const { text } = await (await world.browser(story.cast.sdr)).get(`/prospects/${story.id}`);
      const [open, folded] = text.split('2 earlier emails');
      expect(letters(open!)).toEqual([6, 5, 4, 3, 2].map((n) => `Réponse ${n}`));
      expect(letters(folded!)).toEqual(['Réponse 1', 'Bonjour Claire, message 1 pour Roux.']);
    });

    it('who was never written to has none, and a laid out mail comes in its frame', async () => {
      const story = await written('Mise en page');
      const mailId = await incoming(world, story.mail, 'interested', { html: '<p>Oui</p>' });
      const browser = await world.browser(story.cast.sdr);
      const { text } = await browser.get(`/prospects/${story.id}`);
      expect(text).toContain(
        `sandbox="" loading="lazy" referrerpolicy="no-referrer" src="/inbox/${mailId}/html"`,
      );
      const silent = await prospectOf(world, story.cast.client.id);
      expect((await browser.get(`/prospects/${silent}`)).text).not.toContain('mails-title');
    });

    it('comes as data too, newest first; other clients’ people find nothing', async () => {
      const story = await written('En données');
      await answered(story, 30, 'Oui');
      const api = await world.api(story.cast.sdr);
      const answer = await api.get(`/prospects/${story.id}/mails`).expect(200);
      expect(answer.body).toMatchObject({
        items: [
          { isOurs: false, text: 'Oui', wholeText: 'Oui\n> Bonjour Claire', class: 'interested' },
          { isOurs: true, text: story.mail.text, class: null, state: null },
        ],
        nextCursor: null,
      });
      const stranger = await world.api(await world.person('sdr', [], 'Ailleurs'));
      await stranger.get(`/prospects/${story.id}/mails`).expect(404);
    });
  });

  describe('an action outside any sequence', () => {
    const someone = async (name: string, has: Parameters<typeof prospectOf>[2] = {}) => {
      world.clock.set(MONDAY);
      const { client } = await readyClient(world, name);
      const browser = await world.browser(await world.person('sdr', [client.id], 'Sam'));
      const id = await prospectOf(world, client.id, { phone: '+33140000000', ...has });
      return { client, browser, id, record: `/prospects/${id}` };
    };
    const keyOf = (html: string) => /name="clickKey" value="([^"]+)"/.exec(html)![1]!;
    const offered = (html: string) =>
      [...html.matchAll(/name="deed" value="([^"]+)"/g)].map(([, deed]) => deed);

    it('is logged with its note by a button, stands in the history, and is taken back from the toast', async () => {
      const { browser, record } = await someone('Journal');
      const form = {
        note: 'Parle du planning',
        deed: 'call.conversation',
        version: '1',
        until: '',
        reason: '',
      };
      const page = await browser.submit(`${record}/touches`, form);
      expect(page.text).toContain('Conversation by phone: logged.');
      expect(page.text).toMatch(/timeline__text">Conversation by phone <span class="muted">Sam/);
      expect(page.text).toContain('Parle du planning');
      expect(page.text).toContain('data-status="replied"');
      const undo = /\/prospects\/[0-9a-f-]{36}\/touches\/[0-9a-f-]{36}\/undo/.exec(page.text)![0];
      const back = await browser.submit(undo);
      expect(back.text).toContain('The action is taken back.');
      expect(back.text).toContain('<del>Conversation by phone</del>');
      expect(back.text).toContain('data-status="new"');
      expect((await browser.submit(undo)).status).toBe(404);
    });

    it('a form sent twice is one action', async () => {
      const { browser, id, record } = await someone('Deux fois');
      const form = { deed: 'call.no_answer', clickKey: keyOf((await browser.get(record)).text) };
      for (const _ of ['first', 'second'])
        expect((await browser.post(`${record}/touches`, form)).status).toBe(303);
      const touches = await world.database.read((db) => db.entities.countBy(Touch, { prospectId: id }));
      expect(touches).toBe(1);
    });

    it('one still to come is refused at its field, with what was typed kept', async () => {
      const { browser, record } = await someone('Futur');
      const form = { deed: 'email.sent', at: '2027-01-12T09:00', note: 'Mon mot' };
      const page = await browser.submit(`${record}/touches`, form);
      expect(page.status).toBe(422);
      expect(page.text).toContain('<details class="fold" id="log" open>');
      expect(page.text).toContain('value="2027-01-12T09:00"');
      expect(page.text).toContain('id="at-error">This date is still to come.');
      expect(page.text).toContain('Mon mot');
    });

    it('offers what reaches a person, less what they object to; nothing to who is not to be contacted', async () => {
      const { client, browser, id, record } = await someone('Choix');
      const called = ['no_answer', 'voicemail', 'conversation', 'opted_out', 'wrong_number'];
      const calls = called.map((key) => `call.${key}`);
      const invitations = ['linkedin_invite.sent', 'linkedin_invite.accepted'];
      const others = ['linkedin_message.sent', ...invitations, 'email.sent', 'email.bounced'];
      expect(offered((await browser.get(record)).text)).toEqual([...calls, ...others]);
      const entry = { kind: 'phone' as const, value: '+33140000000', channels: ['call'], reason: 'Dit' };
      await world.get(SuppressionList).add(await world.admin(), client.id, entry);
      expect(offered((await browser.get(record)).text)).toEqual(others);
      const late = await browser.submit(`${record}/touches`, { deed: 'call.no_answer' });
      expect([late.status, late.text.includes('objected to being contacted this way')]).toEqual([409, true]);
      await world.get(Statuses).change(await world.admin(), id, { to: 'do_not_contact' });
      expect((await browser.get(record)).text).not.toContain('id="log"');
    });
  });
});

import { expect, it } from 'vitest';
import type { MailClass } from '../../src/mail/mail-class.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
import { mailIn, mailNow } from '../support/cockpit-stories.js';
import { mailboxOf } from '../support/engine-stories.js';
import { enrolled, enrolmentOf, liveSequence, reachable } from '../support/sequence-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
const HTMX = { 'hx-request': 'true' };

onBothDatabases('today', (world) => {
  it('shows the day in its order, the first person open beside it, with the text to copy and the keys', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Ordre');
    const { prospectId } = await enrolled(world, cast);
    const interested = await reachable(world, cast.client.id, { firstName: 'Irène', status: 'interested' });
    const later = await reachable(world, cast.client.id, {
      firstName: 'Lucas',
      status: 'later',
      statusUntil: '2027-01-11',
    });
    const fresh = await reachable(world, cast.client.id, { firstName: 'Nina', fit: 'fit', fitScore: 91 });
    const browser = await world.browser(cast.sdr);
    const { text, status } = await browser.get('/today');
    expect(status).toBe(200);
    const places = [interested, later, prospectId, fresh].map((id) => text.indexOf(`item&#x3D;${id}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    const task = await browser.get(`/today?item=${prospectId}`);
    expect(task.text).toContain('Bonjour Claire,\nUn mot au sujet de Acme.');
    expect(task.text).toContain('data-key="s"');
    expect(task.text).toContain('mailto:claire');
    const booking = (from: string) => `/prospects/${prospectId}/meetings/new?from&#x3D;${from}"`;
    expect(task.text).toContain(booking('today'));
    expect((await browser.get(`/today?of=team&item=${prospectId}`)).text).toContain(booking('today-team'));
  });

  it('offers to leave out the steps of the longest time up to a week that has any', async () => {
    world.clock.set('2027-01-11T09:00:00Z');
    const cast = await liveSequence(world, 'En retard');
    await enrolled(world, cast);
    const chosen = async () => {
      const { text } = await (await world.browser(cast.sdr)).get('/today/overdue');
      return /value="(\d+)" checked>/.exec(text)?.[1];
    };
    world.clock.set('2027-01-15T09:00:00Z');
    expect(await chosen()).toBe('3');
    world.clock.set('2027-02-15T09:00:00Z');
    expect(await chosen()).toBe('7');
  });

  it('what was written with an act that is taken back stands in the field again, as a draft', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Notes reprises');
    const { enrolmentId, prospectId } = await enrolled(world, cast);
    const browser = await world.browser(cast.sdr);
    const field = async () =>
      /<textarea[^>]* id="note"[^>]*>([^<]*)</.exec(
        (await browser.get(`/today?item=${prospectId}`)).text,
      )?.[1];
    const record = { result: 'sent', position: '1', attempt: '1', note: 'Bonne accroche' };
    const answer = await browser.submit(`/today/tasks/${enrolmentId}/${prospectId}`, record);
    expect(await field()).toBe('');
    await browser.submit(/\/today\/undo\/touches\/[0-9a-f-]{36}/.exec(answer.text)![0]);
    expect(await field()).toBe('Bonne accroche');

    // Sent with another act instead, and taken back again: it is there once, after nothing else.
    await browser.submit(`/today/prospects/${prospectId}/status`, {
      to: 'interested',
      note: 'Veut un devis',
    });
    expect(await field()).toBe('');
    await browser.submit(`/today/undo/statuses/${prospectId}`);
    expect(await field()).toBe('Veut un devis');
  });

  it('without a script, an outcome leads to the next person with a way back', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Sans script');
    const one = await enrolled(world, cast);
    const two = await enrolled(world, cast);
    const browser = await world.browser(cast.sdr);
    await browser.get('/today');
    const form = {
      result: 'sent',
      position: '1',
      attempt: '1',
      next: two.prospectId,
      note: '',
      of: 'mine',
      version: '3',
    };
    const answer = await browser.submit(`/today/tasks/${one.enrolmentId}/${one.prospectId}`, form);
    expect(answer.text).toContain('Email sent');
    expect(answer.text).toMatch(/\/today\/undo\/touches\/[0-9a-f-]{36}/);
    expect(answer.text).toContain(`item&#x3D;${two.prospectId}" hx-get`);
    expect((await enrolmentOf(world, one.prospectId)).nextPosition).toBe(2);
    const undo = /\/today\/undo\/touches\/[0-9a-f-]{36}/.exec(answer.text)![0];
    expect((await browser.submit(undo)).text).toContain('Taken back');
    expect((await enrolmentOf(world, one.prospectId)).nextPosition).toBe(1);
  });

  it('htmx gets the two sides alone, the toast beside them, and the address of the next person', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Htmx');
    const one = await enrolled(world, cast);
    const two = await enrolled(world, cast);
    const browser = await world.browser(cast.sdr);
    await browser.get('/today');
    const form = { to: 'interested', next: two.prospectId, note: 'Veut une démo' };
    const answer = await browser.post(`/today/prospects/${one.prospectId}/status`, form, HTMX);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('<html');
    expect(answer.text).toContain('hx-swap-oob');
    expect(answer.headers['hx-push-url']).toContain(two.prospectId);
    expect((await browser.get(`/today?item=${one.prospectId}`)).text).toContain('Veut une démo');
  });

  it('the second of two people is told who did it and when, and keeps the note', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Deux');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const [first, second] = [await world.browser(cast.sdr), await world.browser(cast.other)];
    const form = { result: 'sent', position: '1', attempt: '1', note: 'mon mot' };
    expect((await first.post(`/today/tasks/${enrolmentId}/${prospectId}`, form)).status).toBe(303);
    const answer = await second.post(`/today/tasks/${enrolmentId}/${prospectId}`, form);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Already done by Sami Sdr on Mon, 11 Jan 2027, 10:00');
    expect(answer.text).toContain('mon mot');
  });

  it('a callback asks for its day, an opposition closes the person to every sequence', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Issues');
    const { prospectId } = await enrolled(world, cast);
    const browser = await world.browser(cast.sdr);
    const dayless = await browser.post(`/today/prospects/${prospectId}/status/later`, {});
    expect(dayless.status).toBe(422);
    expect(
      (await browser.post(`/today/prospects/${prospectId}/status/later`, { until: '2027-02-01' })).status,
    ).toBe(303);
    await browser.post(`/today/prospects/${prospectId}/status/do_not_contact`, { reason: 'L’a demandé' });
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished' });
    const back = await browser.post(`/today/prospects/${prospectId}/status`, { to: 'interested' });
    expect(back.status).toBe(409);
  });

  it('shows nothing of paused sequences, switched-off clients, or clients of others', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Muet');
    const { prospectId } = await enrolled(world, cast);
    const stranger = await world.person('sdr', [], 'Ailleurs');
    expect((await (await world.browser(stranger)).get('/today')).text).not.toContain(prospectId);
    expect((await (await world.browser(stranger)).get(`/today?item=${prospectId}`)).status).toBe(404);
    await world.get(SequenceCourse).pause(cast.sdr, cast.sequence.sequence.id);
    const browser = await world.browser(cast.sdr);
    expect((await browser.get('/today')).text).not.toContain(`item&#x3D;${prospectId}`);
    expect((await browser.get(`/today?item=${prospectId}`)).text).toContain('is not running');
  });

  it('an answer given leaves the queue, an interested one without an answer stays on top', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Réponses');
    const prospectId = await reachable(world, cast.client.id);
    await world.get(Statuses).change(cast.sdr, prospectId, { to: 'interested' });
    const browser = await world.browser(cast.sdr);
    expect((await browser.get('/today')).text).toContain('Interested, unanswered');
    world.clock.set('2027-01-11T10:00:00Z');
    const api = await world.api(cast.sdr);
    await api.post(`/prospects/${prospectId}/touches`, { channel: 'email', kind: 'sent' }).expect(201);
    expect((await browser.get('/today')).text).not.toContain('Interested, unanswered');
  });

  const story = async (name: string, machineClass: MailClass) => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, name);
    const prospectId = await reachable(world, cast.client.id, { status: 'replied' });
    const mailbox = await mailboxOf(world, cast.client.id);
    const mailId = await mailIn(world, mailbox, { prospectId, machineClass });
    const browser = await world.browser(cast.sdr);
    return { cast, prospectId, mailId, browser, panel: `/today?item=${prospectId}` };
  };
  const standing = (id: string) => world.database.read((db) => db.entities.findOneByOrFail(Prospect, { id }));
  const chosenClass = (html: string): (string | undefined)[] =>
    [...html.matchAll(/<option value="([a-z_]*)" selected>/g)].map(([, value]) => value);

  it('an answer that seems to say later is sent as that, with its day, and never as interested', async () => {
    const { browser, panel, prospectId, mailId } = await story('Plus tard', 'later');
    const { text } = await browser.get(panel);
    expect(chosenClass(text)).toEqual(['later']);
    const action = `/today/replies/${mailId}/answer`;
    const without = await browser.post(action, { class: 'later', day: '', text: 'Entendu.' });
    expect([without.status, without.text.includes('Which day')]).toEqual([422, true]);
    expect(without.text).toContain('Entendu.');
    await browser.post(action, { class: 'later', day: '2027-02-01', text: 'Entendu.' });
    expect((await mailNow(world, mailId)).humanClass).toBe('later');
    expect(await standing(prospectId)).toMatchObject({ status: 'later', statusUntil: '2027-02-01' });
  });

  it('what the machine took for something else is nobody’s word yet: whoever answers chooses', async () => {
    const { browser, panel, mailId } = await story('Quelqu’un d’autre', 'referral');
    const { text } = await browser.get(panel);
    expect(chosenClass(text)).toEqual(['']);
    const refused = await browser.post(`/today/replies/${mailId}/answer`, { class: '', text: 'Merci.' });
    expect([refused.status, refused.text.includes('Say what the message is')]).toEqual([422, true]);
    expect((await mailNow(world, mailId)).humanClass).toBeNull();
  });

  it('what a person took an answer for stands in the history in words, moved or not', async () => {
    const moved = await story('Intérêt', 'interested');
    await moved.browser.post(`/today/replies/${moved.mailId}`, { class: 'interested' });
    const interested = await moved.browser.get(`/prospects/${moved.prospectId}`);
    expect(interested.text).toContain('Answer understood as “Interested” · Status: Interested');
    expect(interested.text).not.toMatch(/timeline__quote">\s*interested/);
    const { browser, prospectId, mailId } = await story('Objection', 'objection');
    await browser.post(`/today/replies/${mailId}`, { class: 'objection', note: 'Trop cher' });
    const page = await browser.get(`/prospects/${prospectId}`);
    expect(page.text).toContain('Answer understood as “Objection”');
    expect(page.text).toContain('Trop cher');
    await browser.post(`/today/undo/replies/${mailId}`);
    expect((await browser.get(`/prospects/${prospectId}`)).text).toMatch(
      /<del>Answer understood as “Objection”<\/del>/,
    );
    expect((await standing(prospectId)).status).toBe('replied');
  });

  it('says that an answer is late, not only since when it waits', async () => {
    const { browser } = await story('En retard', 'interested');
    expect((await browser.get('/today')).text).not.toContain('hour, late');
    world.clock.set('2027-01-11T14:30:00Z');
    expect((await browser.get('/today')).text).toMatch(/waits 5 business hours, late/);
  });

  it('whoever goes back to Today gets the day as it is now, a whole page of it', async () => {
    const { browser, panel } = await story('Retour', 'interested');
    const page = await browser.get(panel);
    // htmx keeps no copy of such a page, and asks for it again.
    expect(page.text).toContain('hx-history="false"');
    const back = await browser.get(panel, { ...HTMX, 'hx-history-restore-request': 'true' });
    expect(back.text).toContain('<html');
    expect(back.text).toContain('id="workbench"');
  });

  it('the keys named are those of the places that open, the inbox among them', async () => {
    const { cast, browser } = await story('Touches', 'interested');
    const keys = (html: string) =>
      [...html.matchAll(/<kbd>g<\/kbd> <kbd>([a-z])<\/kbd>/g)].map(([, letter]) => letter);
    const sdr = (await browser.get('/today')).text;
    expect(keys(sdr)).toEqual(['t', 'i', 'c', 'm']);
    expect(sdr).toContain('href="/inbox" data-go="i"');
    expect(sdr).not.toContain('data-go="p"');
    const manager = await world.person('manager', [cast.client.id], 'Mona');
    expect(keys((await (await world.browser(manager)).get('/today')).text)).toEqual([
      't',
      'i',
      'p',
      'c',
      'm',
    ]);
  });
});

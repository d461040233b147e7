import { expect, it } from 'vitest';
import { Statuses } from '../../src/prospects/status.service.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
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
    expect(answer.text).toContain('Already done by Sami Sdr on 2027-01-11 10:00');
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
});

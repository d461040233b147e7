import { describe, expect, it } from 'vitest';
import { type Invitation, invitationText } from '../../src/meetings/invitation.js';

const invitation: Invitation = {
  uid: '0198f000-0000-7000-8000-000000000001@carnet',
  sequence: 0,
  isCancelled: false,
  revisedAt: new Date('2026-03-20T08:15:30Z'),
  startsAt: new Date('2026-03-27T09:00:00Z'),
  endsAt: new Date('2026-03-27T09:45:00Z'),
  zone: 'Europe/Paris',
  summary: 'Rendez-vous Nordia × Métallerie Roux',
  description: 'Premier échange ; présentation, puis questions\nÀ bientôt',
  place: '12, rue de la République, 69002 Lyon',
  organizer: { name: 'Agence Cap Nord', email: 'rdv@capnord.example' },
  attendees: [
    { name: 'Vasseur, Claire; DG', email: 'claire@roux.example' },
    { name: 'Paul Berger', email: 'paul@nordia.example' },
  ],
};

const linesOf = (text: string) => text.split('\r\n');
const unfolded = (text: string) => linesOf(text.replaceAll('\r\n ', ''));

describe('an invitation as calendars read it', () => {
  it('says request, and writes 10:00 in Paris with the rules of that zone', () => {
    const lines = unfolded(invitationText(invitation));
    expect(lines).toContain('METHOD:REQUEST');
    expect(lines).toContain('DTSTART;TZID=Europe/Paris:20260327T100000');
    expect(lines).toContain('DTEND;TZID=Europe/Paris:20260327T104500');
    expect(lines).toContain('BEGIN:VTIMEZONE');
    expect(lines).toContain('TZID:Europe/Paris');
    expect(lines).toContain('DTSTAMP:20260320T081530Z');
  });

  it('after the clocks went forward the same instant is 11:00', () => {
    const later = {
      ...invitation,
      startsAt: new Date('2026-03-30T09:00:00Z'),
      endsAt: new Date('2026-03-30T09:45:00Z'),
    };
    expect(unfolded(invitationText(later))).toContain('DTSTART;TZID=Europe/Paris:20260330T110000');
  });

  it('keeps its UID and raises its sequence when the meeting moves', () => {
    const moved = unfolded(invitationText({ ...invitation, sequence: 3 }));
    expect(moved).toContain('UID:0198f000-0000-7000-8000-000000000001@carnet');
    expect(moved).toContain('SEQUENCE:3');
  });

  it('called off: method CANCEL, status cancelled, the same UID, everybody still named', () => {
    const lines = unfolded(invitationText({ ...invitation, isCancelled: true, sequence: 1 }));
    expect(lines).toContain('METHOD:CANCEL');
    expect(lines).toContain('STATUS:CANCELLED');
    expect(lines).toContain('UID:0198f000-0000-7000-8000-000000000001@carnet');
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(2);
  });

  it('escapes what would end a text early, and quotes a name that holds , ; or :', () => {
    const lines = unfolded(invitationText(invitation));
    expect(lines).toContain('LOCATION:12\\, rue de la République\\, 69002 Lyon');
    expect(lines).toContain('DESCRIPTION:Premier échange \\; présentation\\, puis questions\\nÀ bientôt');
    const claire = lines.find((line) => line.includes('claire@roux.example'));
    expect(claire).toContain('CN="Vasseur, Claire; DG"');
    expect(claire?.toLowerCase()).toContain(':mailto:claire@roux.example');
  });

  it('a name or a title from a file cannot smuggle a line into the calendar', () => {
    const hostile = {
      ...invitation,
      summary: 'Roux\r\nATTENDEE:mailto:evil@example.com',
      attendees: [{ name: 'Claire";PARTSTAT=ACCEPTED;X="\r\nX-EVIL:1', email: 'claire@roux.example' }],
    };
    const lines = unfolded(invitationText(hostile));
    expect(lines.filter((line) => /^(ATTENDEE:|X-EVIL)/.test(line))).toEqual([]);
    const claire = lines.find((line) => line.includes('claire@roux.example'))!;
    // Outside the quotes, nothing of the name is left to be read as a parameter.
    expect(claire.replace(/"[^"]*"/g, '')).not.toContain('PARTSTAT=ACCEPTED');
  });

  it('every line ends in CRLF, is at most 75 octets long and breaks no character', () => {
    const text = invitationText({ ...invitation, summary: 'É'.repeat(200), place: '会議室'.repeat(40) });
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    for (const line of linesOf(text)) expect(Buffer.byteLength(line, 'utf8'), line).toBeLessThanOrEqual(75);
    expect(unfolded(text)).toContain(`SUMMARY:${'É'.repeat(200)}`);
    expect(text).not.toContain('\uFFFD');
  });
});

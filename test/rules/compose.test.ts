import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it } from 'vitest';
import { compose, headerValue } from '../../src/mail/compose.js';
import type { OutgoingMessage } from '../../src/mail/outgoing-message.js';
import { headerOf, readMail } from '../../src/mail/read-mail.js';

const MAIL: OutgoingMessage = {
  from: { name: 'Léa Martin', address: 'lea@épure.example' },
  to: { name: 'Jean Dupont', address: 'jean@métallerie.example' },
  subject: 'Votre atelier — un mot',
  text: 'Bonjour Jean,\nà bientôt.',
  html: '<p>Bonjour Jean,</p>',
  messageId: '<m1@xn--pure-9oa.example>',
  inReplyTo: '<m0@epure.example>',
  references: ['<a@epure.example>', '<m0@epure.example>'],
  headers: {
    'List-Unsubscribe': '<https://carnet.example/u/abc>, <mailto:lea+abc@epure.example>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
};
const NOW = new Date('2027-05-10T07:00:00Z');

const written = async (mail: OutgoingMessage): Promise<string> =>
  (await new MailComposer(compose(mail, NOW)).compile().build()).toString('utf8');
const headOf = (raw: string): string => raw.slice(0, raw.indexOf('\r\n\r\n'));

describe('a mail as it leaves', () => {
  it('has its Date, its Message-ID on the sending domain, its thread and its one-click way out', async () => {
    const mail = await readMail(Buffer.from(await written(MAIL)));
    expect(mail.messageId).toBe('<m1@xn--pure-9oa.example>');
    expect(mail.inReplyTo).toBe('<m0@epure.example>');
    expect(mail.references).toEqual(['<a@epure.example>', '<m0@epure.example>']);
    expect(new Date(headerOf(mail, 'date'))).toEqual(NOW);
    expect(headerOf(mail, 'list-unsubscribe')).toBe(MAIL.headers!['List-Unsubscribe']);
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail.subject).toBe(MAIL.subject);
  });

  it('says its text first, then its HTML, in UTF-8', async () => {
    const raw = await written(MAIL);
    const [plain, html] = [raw.indexOf('text/plain'), raw.indexOf('text/html')];
    expect(plain).toBeGreaterThan(0);
    expect(html).toBeGreaterThan(plain);
    expect(raw.match(/charset=utf-8/gi)).toHaveLength(2);
  });

  it('writes international domains in punycode, in the envelope too', async () => {
    const raw = await written(MAIL);
    expect(headOf(raw)).toContain('jean@xn--mtallerie-b4a.example');
    expect(compose(MAIL, NOW).envelope).toEqual({
      from: 'lea@xn--pure-9oa.example',
      to: ['jean@xn--mtallerie-b4a.example'],
    });
  });

  it('whatever a prospect is called adds no header and no recipient', async () => {
    const evil = fc.string({
      unit: fc.constantFrom(
        '\r',
        '\n',
        '\0',
        '\u2028',
        '\u0085',
        ':',
        ',',
        '<',
        '>',
        '"',
        'Bcc',
        'a',
        ' ',
        '@x.example',
      ),
    });
    const clean = headOf(await written({ ...MAIL, subject: 'x', to: { ...MAIL.to, name: 'x' } }));
    const names = (head: string): string[] =>
      head
        .split('\r\n')
        .filter((line) => !/^\s/.test(line))
        .map((line) => line.split(':')[0]!);
    await fc.assert(
      fc.asyncProperty(evil, evil, async (subject, name) => {
        const attacked = { ...MAIL, subject: `x${subject}`, to: { ...MAIL.to, name: `x${name}` } };
        expect(names(headOf(await written(attacked))).sort()).toEqual(names(clean).sort());
        expect(compose(attacked, NOW).envelope).toEqual(compose(MAIL, NOW).envelope);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    'a@x.example\r\nBcc: b@y.example',
    'a@x.example, b@y.example',
    'a b@x.example',
    '@x.example',
    'plain',
  ])('an address that is not one address is refused: %j', (address) => {
    expect(() => compose({ ...MAIL, to: { name: null, address } }, NOW)).toThrow();
  });

  it.each(['Bcc', 'From', 'X-A\r\nBcc', 'Content-Type', ''])('nobody adds a header %j', (name) => {
    expect(() => compose({ ...MAIL, headers: { [name]: 'x' } }, NOW)).toThrow();
  });

  it('header values are one line', () => {
    expect(headerValue('Jean\r\nBcc: x\0y')).toBe('Jean Bcc: x y');
  });
});

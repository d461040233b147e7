import { describe, expect, it } from 'vitest';
import { classifyMail } from '../../src/mail/classify-mail.js';
import { readMail } from '../../src/mail/read-mail.js';
import { withHeader } from '../../src/mail/text-alone.js';

const replyIn = async (content: string): Promise<string> =>
  classifyMail(await readMail(withHeader(Buffer.from(content))), new Date('2027-01-11T09:00:00Z')).replyText;

describe('The text of a mail kept without its header', () => {
  it.each([
    ['a line', 'Oui, mardi me va.\n\nBien à vous'],
    ['a line that looks like a header', 'Bonjour: voici mon numéro.\n\nÀ mardi'],
    ['an address line', 'From my side, Tuesday is fine.\n\nSee you'],
    ['an empty line', '\nOui, mardi me va.'],
  ])('is read whole when it begins with %s', async (_, text) => {
    expect(await replyIn(text)).toBe(text.trim());
  });

  it.each([
    'From: Ada <ada@torre.example>\r\nSubject: Re: Bonjour\r\n\r\nOui, mardi me va.',
    'From ada@torre.example Mon Jan 11 09:00:00 2027\nReceived: by torre.example\nFrom: ada@torre.example\n\nOui, mardi me va.',
    'Apparently-To: lea@epure.example\nDate: Mon, 11 Jan 2027 09:00:00 +0100\n\nOui, mardi me va.',
  ])('is told from a whole mail (%#)', async (mail) => {
    expect(await replyIn(mail)).toBe('Oui, mardi me va.');
  });
});

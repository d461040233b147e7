import { describe, expect, it } from 'vitest';
import { classifyMail } from '../../src/mail/classify-mail.js';
import { readMail } from '../../src/mail/read-mail.js';
import { safeHtml } from '../../src/mail/safe-html.js';

const read = async (text: string) => {
  const mail = await readMail(Buffer.from(text, 'latin1'));
  return { mail, classified: classifyMail(mail, new Date('2027-05-10T00:00:00Z')) };
};

describe('hostile HTML comes to nothing', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<img src="https://tracker.example/pixel.gif">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name=p><button>ok</button></form>',
    '<style>body{background:url(https://evil.example)}</style>',
    '<div style="background:url(https://evil.example)">x</div>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
    '<link rel=stylesheet href="https://evil.example">',
    '<video poster="https://evil.example"><source src="https://evil.example"></video>',
    '<a href="https://ok.example" onclick="alert(1)" style="position:fixed;inset:0">x</a>',
  ])('%s', (html) => {
    const safe = safeHtml(`<p>Bonjour</p>${html}`);
    expect(safe).toContain('<p>Bonjour</p>');
    expect(safe).not.toMatch(
      /<(?:script|style|img|svg|math|iframe|object|embed|form|input|button|meta|base|link|video|source|noscript)|\son\w+=|javascript:|data:|evil\.example|tracker|style=/i,
    );
  });

  it('keeps words, their shape and plain links, which open elsewhere and say nothing of us', () => {
    expect(safeHtml('<p>Oui, <b>jeudi</b> : <a href="https://roux.example/plan">plan</a></p>')).toBe(
      '<p>Oui, <b>jeudi</b> : <a href="https://roux.example/plan" rel="noopener noreferrer nofollow" target="_blank">plan</a></p>',
    );
  });

  it('a million open tags are cut short', () => {
    const started = performance.now();
    const safe = safeHtml('<div>'.repeat(200_000));
    expect(safe.length).toBeLessThan(2000);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('hostile mails come to nothing', () => {
  it.each([
    { notificationType: 5 },
    { notificationType: ['Bounce'], bounce: 'all' },
    { notificationType: 'Bounce', bounce: { bouncedRecipients: [null, 7, {}] } },
    { notificationType: 'Bounce', bounce: { bouncedRecipients: [{ emailAddress: {}, status: 5 }] } },
    { notificationType: 'Complaint', complaint: { complainedRecipients: [null] } },
    { notificationType: 'Delivery', delivery: { recipients: [null], smtpResponse: {} }, mail: 'x' },
    { Message: 'null' },
    { Message: '5' },
  ])('a notice that is none in its parts is read all the same: %j', async (notice) => {
    const letter = `From: a@sns.example\r\nSubject: AWS\r\n\r\n${JSON.stringify(notice)}`;
    const { classified } = await read(letter);
    for (const { address, status } of classified.recipients) {
      expect([null, 'string']).toContain(address === null ? null : typeof address);
      expect([null, 'string']).toContain(status === null ? null : typeof status);
    }
  });

  it('a bomb of parts within parts still says who sent it', async () => {
    const depth = 5000;
    const opened = Array.from(
      { length: depth },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    ).join('');
    const { mail } = await read(`From: Jean <jean@roux.example>\r\nSubject: Bombe\r\n${opened}`);
    expect(mail).toMatchObject({ from: { address: 'jean@roux.example' }, subject: 'Bombe', text: '' });
  });

  it('mails within mails within mails, and a part for every second', async () => {
    const nested = 'Content-Type: message/rfc822\r\n\r\n'.repeat(2000);
    expect((await read(`From: a@b.example\r\n${nested}Hi`)).mail.from?.address).toBe('a@b.example');
    const many = '--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n'.repeat(20_000);
    expect(
      (await read(`From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${many}`)).mail.from
        ?.address,
    ).toBe('a@b.example');
  });

  it('headers without end', async () => {
    const { mail } = await read(`From: a@b.example\r\n${'X-Long: y\r\n'.repeat(100_000)}\r\nhello`);
    expect(mail.from?.address).toBe('a@b.example');
  });

  // Each took the square of its length: ten seconds and more for a letter of 100 kB, in which nobody else was answered.
  it.each(['a', '.', '12/', '@', 'a@'])(
    'a report on one long word of %j is read like others',
    async (unit) => {
      const long = unit.repeat(100_000 / unit.length);
      const lines = `${unit.repeat(999 / unit.length)}\r\n`.repeat(300);
      const head = 'From: MAILER-DAEMON@x.example\r\nSubject: Undelivered Mail\r\n';
      const fields = `Final-Recipient: rfc822; ${long}\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
      const started = performance.now();
      for (const body of [
        `X-Failed-Recipients: ${long}\r\n\r\nCould not be delivered`,
        `\r\nCould not be delivered:\r\n\r\nTo: ${long}\r\n<jean@roux.example>: ${long}`,
        `\r\nCould not be delivered:\r\n${lines}`,
        `Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${fields}\r\n--b--`,
      ])
        expect((await read(head + body)).classified.mailClass).toMatch(/^bounce_/);
      expect(performance.now() - started).toBeLessThan(4000);
    },
  );

  it('a giant mail is read in its beginning', async () => {
    const started = performance.now();
    const { mail, classified } = await read(
      `From: a@b.example\r\n\r\nOui, avec plaisir.\r\n${'z'.repeat(12_000_000)}`,
    );
    expect(mail.text.length).toBeLessThanOrEqual(300_000);
    expect(classified.mailClass).toBe('interested');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  // The parser takes as long for a line of nothing as for another: these took minutes, and gigabytes.
  it.each(['\n', '\r\n', 'x\n'])(
    'a mail of nothing but lines (%j) is read in its beginning',
    async (line) => {
      const started = performance.now();
      const { classified } = await read(
        `From: a@b.example\r\n\r\nOui, avec plaisir.\r\n${line.repeat(2_000_000)}`,
      );
      expect(classified.mailClass).toBe('interested');
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );

  it.each(['utf-7', 'x-unknown', 'iso-8859-1', 'utf-16', 'gb18030', '"', 'utf-8\0'])(
    'charset %j',
    async (charset) => {
      const { mail } = await read(
        `From: a@b.example\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n/w==%%%\r\n`,
      );
      expect(typeof mail.text).toBe('string');
    },
  );

  it('a broken encoding in the subject, quotes that never end, addresses that are none', async () => {
    const { mail } = await read(
      'From: "=?utf-8?B?////?= <<<>>,;:\r\nSubject: =?x?Q?=ZZ?= =?utf-8?B?\r\nTo: @@@, a@b\r\n\r\nhello',
    );
    expect(mail.text.trim()).toBe('hello');
  });

  it('text made to be slow for patterns is judged at once', async () => {
    const started = performance.now();
    for (const evil of [
      'a@'.repeat(50_000),
      '550 '.repeat(50_000),
      ' '.repeat(200_000),
      'user '.repeat(40_000),
      '<'.repeat(100_000),
      'Le 1 a écrit '.repeat(10_000),
    ]) {
      await read(`From: MAILER-DAEMON@x.example\r\nSubject: Undelivered Mail\r\n\r\n${evil}`);
      await read(`From: a@x.example\r\nSubject: Re\r\n\r\n${evil}`);
      await read(`From: a@x.example\r\nAuto-Submitted: auto-replied\r\n\r\n${evil}`);
    }
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

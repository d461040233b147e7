import { readFile } from 'node:fs/promises';
import { classifyMail } from './mail/classify-mail.js';
import { headerOf, readMail } from './mail/read-mail.js';
import { withHeader } from './mail/text-alone.js';

/*
 * `npm run classify -- FILE.eml…`: what Carnet makes of a mail, one JSON line a file; needs no database. A file that cannot
 * be read gives `{file, error}` and exit code 1, after all the others were judged. The text alone of a mail is read too.
 */

const files = process.argv.slice(2).filter((argument) => argument !== '--');
const write = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

if (files.length === 0) {
  process.stderr.write('Usage: npm run classify -- FILE.eml…\n');
  process.exitCode = 2;
}

for (const file of files) {
  try {
    write({ file, ...(await judged(file)) });
  } catch (error) {
    write({
      file,
      error: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`,
    });
    process.exitCode = 1;
  }
}

async function judged(file: string): Promise<Record<string, unknown>> {
  const mail = await readMail(withHeader(await readFile(file)));
  const sent = new Date(headerOf(mail, 'date'));
  const { mailClass, confidence, recipients, status, replyText, resumeOn, originalMessageIds } = classifyMail(
    mail,
    Number.isNaN(sent.getTime()) ? new Date() : sent,
  );
  const addresses = recipients.flatMap(({ address }) => address ?? []);
  return {
    class: mailClass,
    confidence,
    recipients: addresses,
    status,
    replyText,
    resumeOn,
    originalMessageIds,
  };
}

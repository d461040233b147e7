import { Injectable } from '@nestjs/common';
import { ConnectionFailed, type FailedStep } from '../../mail/connection-failed.js';
import { Inbox, type InboxPosition } from '../../mail/inbox.js';
import { Mailer } from '../../mail/mailer.js';
import { type FieldProblems, InvalidInput } from '../../shared/errors.js';
import type { MailboxSettings, TypedPasswords } from './mailbox-settings.js';

/** Where in the form the advice belongs. */
const FIELD: Record<FailedStep, string> = {
  lookup: 'host',
  connect: 'port',
  tls: 'security',
  signIn: 'password',
  folder: 'folder',
  talk: 'host',
};

/** Signs in at both servers of a mailbox, as it would when it works. */
@Injectable()
export class MailboxTest {
  constructor(
    private readonly mailer: Mailer,
    private readonly inbox: Inbox,
  ) {}

  /** False: this Carnet keeps its mail on screen, and no server is asked anything. */
  get isLive(): boolean {
    return this.mailer.isLive;
  }

  /**
   * Gives where the folder ends now: reading begins there.
   * @throws InvalidInput naming the step, the server and what to do, for each server that failed
   */
  async run(
    settings: Pick<MailboxSettings, 'smtp' | 'imap'>,
    passwords: TypedPasswords,
  ): Promise<InboxPosition> {
    const key = 'test';
    const [smtp, imap] = await Promise.allSettled([
      this.mailer.check({ ...settings.smtp, key, password: passwords.smtp }),
      this.inbox.check({ ...settings.imap, key, password: passwords.imap }),
    ]);
    const problems = { ...problemOf('smtp', smtp), ...problemOf('imap', imap) };
    if (imap.status === 'rejected' || Object.keys(problems).length > 0)
      throw new InvalidInput(problems, 'mail.testFailed');
    return imap.value;
  }
}

function problemOf(server: 'smtp' | 'imap', outcome: PromiseSettledResult<unknown>): FieldProblems {
  if (outcome.status === 'fulfilled') return {};
  const error: unknown = outcome.reason;
  if (!(error instanceof ConnectionFailed)) throw error;
  const { step, host, port } = error;
  return {
    [`${server}.${FIELD[step]}`]: { code: `mail.server.${step}`, params: { host, port: String(port) } },
  };
}

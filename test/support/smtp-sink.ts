import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { SmtpAccount } from '../../src/mail/mail-account.js';

export const SMTP_PASSWORD = 'mot-de-passe';

export interface Caught {
  from: string;
  to: string[];
  raw: string;
}

/** What the server does with a mail: takes it, answers with a refusal, or hangs up at a point of the dialogue. */
export type Manner =
  | 'take'
  | { refuse: string; at: 'MAIL' | 'RCPT' | 'DATA' }
  | { hangUp: 'RCPT' | 'DATA' | 'DATA after taking' };

/** A real SMTP server that keeps what it is given, and has manners of its own for each recipient. */
export class SmtpSink {
  readonly caught: Caught[] = [];
  connections = 0;
  manner: (to: string) => Manner = () => 'take';
  private server!: SMTPServer;
  private readonly awaited: { count: number; isThere: () => void }[] = [];

  private constructor(private readonly beforeAnswer: () => Promise<void>) {}

  /** @param beforeAnswer waited for when a mail is taken and its answer still to be given */
  static async start(
    options: SMTPServerOptions = {},
    beforeAnswer: () => Promise<void> = () => Promise.resolve(),
  ): Promise<SmtpSink> {
    const sink = new SmtpSink(beforeAnswer);
    sink.server = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onConnect: (_session, done) => {
        sink.connections += 1;
        done();
      },
      onAuth: ({ username, password }, _session, done) =>
        password === SMTP_PASSWORD
          ? done(null, { user: username })
          : done(refusal('535 5.7.8 Bad credentials')),
      onRcptTo: ({ address }, session, done) => sink.named(address, session, done),
      onData: (stream, session, done) => sink.given(stream, session, done),
      ...options,
    });
    sink.server.on('error', () => undefined);
    await new Promise<void>((resolve) => sink.server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  account(user: string, more: Partial<SmtpAccount> = {}): SmtpAccount {
    return {
      key: user,
      host: '127.0.0.1',
      port: this.port,
      security: 'none',
      user,
      password: SMTP_PASSWORD,
      ...more,
    };
  }

  /** Resolves once so many mails have been taken. */
  hasCaught(count: number): Promise<void> {
    return new Promise((isThere) => {
      this.awaited.push({ count, isThere });
      this.tellAwaited();
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private named: NonNullable<SMTPServerOptions['onRcptTo']> extends (a: never, ...rest: infer R) => void
    ? (address: string, ...rest: R) => void
    : never = (address, session, done) => {
    const manner = this.manner(address);
    if (manner !== 'take' && 'refuse' in manner && manner.at !== 'DATA') {
      done(refusal(manner.refuse));
      return;
    }
    if (manner !== 'take' && 'hangUp' in manner && manner.hangUp === 'RCPT') {
      this.hangUp(session.id);
      return;
    }
    done();
  };

  private given: NonNullable<SMTPServerOptions['onData']> = (stream, session, done) => {
    const chunks: Buffer[] = [];
    const to = session.envelope.rcptTo.map(({ address }) => address);
    const manner = this.manner(to[0] ?? '');
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (manner !== 'take' && 'hangUp' in manner && manner.hangUp === 'DATA') this.hangUp(session.id);
    });
    stream.on('end', () => {
      if (manner !== 'take' && 'refuse' in manner) {
        done(refusal(manner.refuse));
        return;
      }
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
      this.caught.push({ from, to, raw: Buffer.concat(chunks).toString('utf8') });
      if (manner !== 'take') {
        this.hangUp(session.id);
        return;
      }
      const nth = this.caught.length;
      void this.beforeAnswer().then(() => {
        done(null, `2.0.0 queued as ${nth}`);
        this.tellAwaited();
      });
    });
  };

  private tellAwaited(): void {
    for (const { count, isThere } of this.awaited) if (this.caught.length >= count) isThere();
  }

  private hangUp(id: string): void {
    for (const connection of this.server.connections as Set<{ id: string; _socket: { destroy(): void } }>)
      if (connection.id === id) connection._socket.destroy();
  }
}

function refusal(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}

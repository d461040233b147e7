import { type Readable, Transform } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type NodemailerError } from 'nodemailer';
import { Clock } from '../clock/clock.service.js';
import { compose } from './compose.js';
import type { SmtpAccount } from './mail-account.js';
import { Mailer, type Sent } from './mailer.js';
import type { OutgoingMessage } from './outgoing-message.js';
import { failedStep, refusalOf } from './smtp-refusal.js';

type Transporter = ReturnType<typeof pooled>;

interface Kept {
  account: SmtpAccount;
  settings: string;
  transporter: Transporter;
}

/** Sends through the servers of the mailboxes, with connections kept per account while there is work. */
@Injectable()
export class SmtpMailer extends Mailer implements OnModuleDestroy {
  readonly isLive = true;
  private readonly kept = new Map<string, Kept>();
  /** The text of each message under way: read from it means handed over. */
  private readonly texts = new Map<string, Readable>();

  constructor(private readonly clock: Clock) {
    super();
  }

  async send(account: SmtpAccount, mail: OutgoingMessage): Promise<Sent> {
    const message = compose(mail, this.clock.now());
    try {
      const { serverMessageId, response } = await this.transporter(account).sendMail(message);
      return {
        messageId: serverMessageId ?? mail.messageId,
        response: response.slice(0, 500),
        at: this.clock.now(),
      };
    } catch (error) {
      throw refusalOf(error as NodemailerError, this.texts.get(mail.messageId)?.readableDidRead ?? false);
    } finally {
      this.texts.delete(mail.messageId);
    }
  }

  async check(account: SmtpAccount): Promise<void> {
    const once = pooled(account, this.tls());
    try {
      await once.verify();
    } catch (error) {
      throw failedStep(error as NodemailerError, account);
    } finally {
      once.close();
    }
  }

  private forget(key: string): void {
    this.kept.get(key)?.transporter.close();
    this.kept.delete(key);
  }

  onModuleDestroy(): void {
    for (const key of [...this.kept.keys()]) this.forget(key);
  }

  /** Certificates are always checked; a company's own authority is given to Node (`NODE_EXTRA_CA_CERTS`). */
  protected tls(): ConnectionOptions {
    return { minVersion: 'TLSv1.2' };
  }

  private transporter(account: SmtpAccount): Transporter {
    const known = this.kept.get(account.key);
    if (known?.account === account) return known.transporter;
    const settings = JSON.stringify(account);
    if (known?.settings === settings) {
      known.account = account;
      return known.transporter;
    }
    this.forget(account.key);
    const transporter = pooled(account, this.tls());
    transporter.use('stream', (mail, done) => {
      mail.message.processFunc((pieces) => {
        const text = inOnePiece(pieces);
        this.texts.set(String(mail.data.messageId), text);
        return text;
      });
      done();
    });
    this.kept.set(account.key, { account, settings, transporter });
    return transporter;
  }
}

/** The composer gives a message in a dozen pieces; each would be a write to the server of its own, and a record of TLS. */
function inOnePiece(text: Readable): Readable {
  const pieces: Buffer[] = [];
  const whole = new Transform({
    transform(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
    flush(done) {
      done(null, Buffer.concat(pieces));
    },
  });
  text.once('error', (error) => whole.destroy(error));
  return text.pipe(whole);
}

function pooled(account: SmtpAccount, tls: ConnectionOptions) {
  const { host, port, security, user, password } = account;
  return createTransport({
    pool: true,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    auth: { user, pass: password },
    tls,
    maxConnections: 2,
    maxMessages: 100,
    // Only ever used by the pool for a message of which not one byte was read (see its sources).
    maxRequeues: 1,
    idleTimeout: 20_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
  });
}

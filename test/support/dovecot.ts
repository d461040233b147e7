import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import type { ImapAccount } from '../../src/mail/mail-account.js';
import { CERTIFICATE, PRIVATE_KEY } from './test-certificate.js';

export const DOVECOT = '/usr/sbin/dovecot';
export const IMAP_PASSWORD = 'mot-de-passe';

/** Why tests of real IMAP are left out on this machine, or null when they run. */
export function missingDovecot(): string | null {
  try {
    execFileSync(DOVECOT, ['--version'], { stdio: 'ignore' });
    if (existsSync('/usr/lib/dovecot/imap') || existsSync('/usr/libexec/dovecot/imap')) return null;
    throw new Error('Dovecot is here without its IMAP part');
  } catch {
    return 'Dovecot is not installed (Debian: apt-get install dovecot-imapd): tests of real IMAP are left out';
  }
}

/** A real IMAP server of this machine's own, with as many users as are named: any name, one password. */
export class Dovecot {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<Dovecot> {
    const folder = mkdtempSync(join(tmpdir(), 'dovecot-'));
    const port = await freePort();
    writeFileSync(join(folder, 'cert.pem'), CERTIFICATE);
    writeFileSync(join(folder, 'key.pem'), PRIVATE_KEY);
    writeFileSync(join(folder, 'dovecot.conf'), settings(folder, port));
    const { uid, gid } = owner();
    for (const part of ['mail', 'run', 'state']) mkdirSync(join(folder, part));
    chmodSync(folder, 0o755);
    if (userInfo().uid === 0) chownSync(join(folder, 'mail'), uid, gid);
    const server = spawn(DOVECOT, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
    const dovecot = new Dovecot(port, folder, server);
    await dovecot.untilReady();
    return dovecot;
  }

  account(user: string, more: Partial<ImapAccount> = {}): ImapAccount {
    const security = 'none' as const;
    return {
      key: user,
      host: '127.0.0.1',
      port: this.port,
      security,
      user,
      password: IMAP_PASSWORD,
      folder: 'INBOX',
      ...more,
    };
  }

  /** Puts a mail into a folder, as the mail server would. */
  async deliver(
    user: string,
    mail: string,
    { folder = 'INBOX', at }: { folder?: string; at?: Date } = {},
  ): Promise<void> {
    await this.as(user, async (client) => {
      if (folder !== 'INBOX') await client.mailboxCreate(folder);
      await client.append(folder, mail.replace(/\r?\n/g, '\r\n'), [], at);
    });
  }

  /** The flags of every mail of the inbox. */
  async flags(user: string): Promise<string[][]> {
    return this.as(user, async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      const found: string[][] = [];
      for await (const mail of client.fetch('1:*', { flags: true })) found.push([...(mail.flags ?? [])]);
      return found;
    });
  }

  /** What happens when a mailbox is restored from a copy: same mails, other UIDVALIDITY, other UIDs. */
  async renumber(user: string): Promise<void> {
    const home = join(this.folder, 'mail', user);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const file of readdirSync(home))
      if (file.startsWith('dovecot')) rmSync(join(home, file), { recursive: true });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: this.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: IMAP_PASSWORD },
      logger: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }

  private async untilReady(): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        await this.as('ready', async () => undefined);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const log = readFileSync(join(this.folder, 'log'), 'utf8');
    await this.stop();
    throw new Error(`Dovecot did not start:\n${log}`);
  }
}

/** Root's processes hand the mails to nobody; everybody else's keep them. */
function owner(): { uid: number; gid: number } {
  const { uid, gid } = userInfo();
  return uid === 0 ? { uid: 65534, gid: 65534 } : { uid, gid };
}

function settings(folder: string, port: number): string {
  const { username, uid } = userInfo();
  const { uid: mailUid, gid: mailGid } = owner();
  const own =
    uid === 0
      ? ''
      : `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${groupName()}\n`;
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
${own}ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain
auth_failure_delay = 0 secs
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mailbox_list_index = no
passdb {
  driver = static
  args = password=${IMAP_PASSWORD}
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
`;
}

function groupName(): string {
  return execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

import type { ConnectionOptions } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { ConnectionFailed, type FailedStep } from './connection-failed.js';
import type { ImapAccount } from './mail-account.js';

/** Limits against servers that never answer, or answer without end. */
const LIMITS = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 120_000,
  maxLiteralSize: 16_000_000,
  maxLineLength: 1_000_000,
};

/** How a connection is made, and what ends it whatever is under way: a server that says nothing holds no stop up. */
interface Terms {
  tls: ConnectionOptions;
  stop?: AbortSignal | undefined;
}

/** A connection signed in, with the folder open for reading only: nothing can be marked. @throws ConnectionFailed */
export async function openFolder(account: ImapAccount, { tls, stop }: Terms): Promise<ImapFlow> {
  const client = await signedIn(account, { tls, stop });
  try {
    await client.mailboxOpen(account.folder, { readOnly: true });
    return client;
  } catch {
    client.close();
    throw new ConnectionFailed('folder', account.host, account.port);
  }
}

/** @throws ConnectionFailed */
export async function signedIn(account: ImapAccount, { tls, stop }: Terms): Promise<ImapFlow> {
  const { host, port, security, user, password } = account;
  const client = new ImapFlow({
    ...LIMITS,
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    auth: { user, pass: password },
    tls,
    logger: false,
    maxIdleTime: 9 * 60_000,
    autoIdleDelay: 200,
    clientInfo: { name: 'Carnet' },
  });
  // A connection that breaks later says so here; whoever waits on it learns it from its own call.
  client.on('error', () => undefined);
  if (stop) hangUpAt(stop, client);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw new ConnectionFailed(stepOf(error as ImapError), host, port);
  }
}

/** Whoever waits on the connection learns it from its own call, at once. */
function hangUpAt(stop: AbortSignal, client: ImapFlow): void {
  const hangUp = () => client.close();
  if (stop.aborted) hangUp();
  stop.addEventListener('abort', hangUp, { once: true });
  client.once('close', () => stop.removeEventListener('abort', hangUp));
}

/** Says goodbye, and hangs up when nobody answers. */
export async function signOut(client: ImapFlow): Promise<void> {
  try {
    await client.logout();
  } catch {
    client.close();
  }
}

interface ImapError extends NodeJS.ErrnoException {
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
}

function stepOf(error: ImapError): FailedStep {
  const { authenticationFailed, code = '', message } = error;
  if (authenticationFailed) return 'signIn';
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code)) return 'lookup';
  if (
    error.tlsFailed ||
    /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code) ||
    /certificate|\btls\b|ssl|starttls/i.test(message)
  )
    return 'tls';
  return /^(?:ECONN|ETIMEDOUT|EHOST|ENET|CONNECT_TIMEOUT|GREETING|UPGRADE|EPIPE|NoConnection|ESOCKET)/i.test(
    code,
  )
    ? 'connect'
    : 'talk';
}

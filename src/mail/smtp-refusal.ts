import type { NodemailerError } from 'nodemailer';
import { ConnectionFailed, type FailedStep } from './connection-failed.js';
import { judgeRefusal, statusIn } from './judge-refusal.js';
import type { SmtpAccount } from './mail-account.js';
import { MailRefused } from './mailer.js';

/** Our login is wrong, or we could not get as far as naming anybody: no verdict on the message. */
const OUR_SIDE = new Set([
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'EDNS',
  'ETLS',
  'EREQUIRETLS',
  'EPROXY',
  'ECONFIG',
  'EMAXLIMIT',
]);

/**
 * What a failed sending means. `wasHandedOver`: the text was on its way to the server. With an answer the server judged
 * it; without one, nobody knows.
 */
export function refusalOf(error: NodemailerError, wasHandedOver: boolean): MailRefused {
  const answer = error.response ?? '';
  const isAnswered = error.responseCode !== undefined && !OUR_SIDE.has(error.code ?? '');
  const isUncertain = wasHandedOver && error.responseCode === undefined;
  const status = statusIn(answer);
  const stage = /^MAIL/.test(error.command ?? '')
    ? 'MAIL'
    : /^RCPT/.test(error.command ?? '')
      ? 'RCPT'
      : null;
  return new MailRefused(isAnswered ? answer.slice(0, 500) : `${error.code ?? 'failed'}: no answer`, {
    status,
    kind: isAnswered ? judgeRefusal({ status, text: answer, stage }) : 'bounce_soft',
    isUncertain,
    isTransient: !isAnswered && !isUncertain,
  });
}

/** Which step of signing in failed. The server's words stay out of it: a typed host may be an inner one. */
export function failedStep(error: NodemailerError, { host, port }: SmtpAccount): ConnectionFailed {
  return new ConnectionFailed(stepOf(error), host, port);
}

function stepOf({ code = '', command = '', originalCode = '', message }: NodemailerError): FailedStep {
  if (/^E(?:AUTH|NOAUTH|OAUTH2)/.test(code)) return 'signIn';
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(originalCode)) return 'lookup';
  if (code === 'ETLS' || /STARTTLS/.test(command) || /certificate|ssl|tls|self-signed/i.test(message))
    return 'tls';
  if (/^E(?:SOCKET|CONNECTION|TIMEDOUT)/.test(code)) return 'connect';
  return 'talk';
}

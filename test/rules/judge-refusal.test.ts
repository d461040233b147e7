import { describe, expect, it } from 'vitest';
import { judgeRefusal, statusIn } from '../../src/mail/judge-refusal.js';

/*
 * What providers say when they refuse, one line each, as their servers write it: Gmail, Microsoft, Yahoo, iCloud, GMX,
 * Mimecast, Orange, Free, La Poste, Postfix, Exim, qmail and their like. Three outcomes follow from it: the person is
 * gone, the person is not reachable now, or it is our mail that was refused and the person stays valid.
 */

const GONE = [
  'No MX or A records for roux.example',
  '550 5.2.1 This mailbox has been blocked due to inactivity',
  '554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
  'User not on post office (D101)',
  "Jean DUPONT introuvable dans l'annuaire",
  '550 Compte inexistant',
  'Das E-Mail-Konto ist in der Organisation nicht vorhanden',
  'La cuenta de correo electrónico no existe en la organización',
  "L'account di posta elettronica non esiste",
  'Het opgegeven e-mailadres kan niet worden gevonden',
  '入力した電子メール アドレスが見つかりませんでした',
  "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos",
  '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  '550 5.1.1 <x@provider.example> : Adresse d au moins un destinataire invalide. Invalid recipient. LPN007_510',
  '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]',
  '550 5.5.0 Le compte du destinataire est suspendu. Inactive account. OFR_515',
  '550 5.1.1 sorry, no mailbox here by that name (#5.1.1 - chkuser)',
  '550 User unknown in virtual mailbox table',
  '550 5.1.1 <x@provider.example>: Recipient address rejected: User unknown in relay recipient table',
  "554 delivery error: dd This user doesn't have a yahoo.fr account",
  '554 30 Sorry, your message to x@provider.example cannot be delivered. This mailbox is disabled (554.30).',
  '550 Invalid Recipient - https://community.mimecast.com',
  '550 #5.1.0 Address rejected.',
  '554 5.4.4 [internal] Domain Lookup Failed',
  '5.4.4 Host or domain name not found. Name service error for name=foo.test type=A: Host not found',
  '550 5.4.310 DNS domain foo does not exist [Message=InfoDomainNonexistent]',
  '550 5.0.0 Mailbox unavailable',
  '550 Requested action not taken: mailbox unavailable',
  '550 5.2.1 The email account that you tried to reach is disabled',
  '550 5.1.6 Recipient no longer on server: x@provider.example',
  '5.1.1 (bad destination mailbox address)',
  'smtp; 550 No Such User Here',
  '550 5.1.1 Mailbox "x" does not exist',
  '550 Utilisateur inconnu',
  '550 Empfänger unbekannt',
  '550 Usuario desconocido',
  '550 Casella inesistente',
  '550 Onbekende gebruiker',
  '550 5.1.1 Pas de boite a ce nom',
  '501 5.1.3 Bad recipient address syntax',
  '550 unrouteable address',
  '550 mailbox is inactive',
  '550 account expired',
];

const NOT_NOW = [
  '554 x@provider.example: inbox is full',
  '450 4.7.1 Client host rejected: temporary rate limit exceeded',
  '421 Service not available, closing transmission channel',
  '4.4.2 (unrecoverable error) Connection dropped',
  '550 5.2.122 The recipient has exceeded their limit for the number of messages they can receive per hour.',
  '550-5.4.5 Daily user sending limit exceeded',
  'Host or domain name not found. Name service error for name=roux.example type=MX: Host not found, try again',
  'The user you are trying to reach is over their mail quota',
  '421 4.4.0 Deferred: Connection refused by mx.roux.example.',
  '452 try again later AUP#CXMXRT',
  '554 5.3.2 System not accepting network messages',
  'La boîte aux lettres du destinataire est pleine.',
  'Das Postfach des Empfängers ist voll',
  'El buzón del destinatario está lleno',
  'La casella di posta del destinatario è piena',
  '550 Too many invalid recipients',
  '452 4.2.2 The email account that you tried to reach is over quota.',
  '552 5.2.2 Mailbox full',
  '421 4.3.2 Trop de connexions, veuillez essayer plus tard / Too many connections OFR004_104',
  '450 4.7.1 <x@y>: Recipient address rejected: Greylisted, see http://postgrey',
  '451 4.7.1 Greylisting in action, please come back later',
  '554 5.4.14 Hop count exceeded - possible mail loop',
  '552 5.3.4 Message size exceeds fixed limit',
  'connect to mx.foo.test[192.0.2.7]:25: Connection timed out',
  '552 5.2.2 <x@provider.example>: user is over quota',
  '552 Boîte pleine',
  '550 Quota dépassé',
  'retry timeout exceeded',
  '451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77719)',
  '550 5.2.3 Message too large for recipient',
];

const OURS = [
  '554 Denied [CS] [44cb1fab]',
  '554 Mail server permanently rejected message (#5.3.0)',
  '553 Attack detected from pool 192.0.2.1.',
  '503 5.5.1 AUTH command required',
  '535 Incorrect authentication data',
  '550 please turn on SMTP Authentication in your mail client',
  '550 You must check for new mail before sending mail',
  '550 Message headers fail syntax check',
  '553-5.1.7 The sender address <x> is not a valid RFC 5321 address.',
  '550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized',
  '550 5.7.12 RESOLVER.RST.SenderNotAuthenticated; sender was not authenticated by organization',
  '521 5.2.1 : AOL will not accept delivery of this message.',
  '554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.)',
  '550-5.7.0 Message considered as spam or virus, Your IP: 192.0.2.1',
  '550 Connection denied. http://service.mail.qq.com',
  '550 Suspected bounce attacks. http://service.mail.qq.com',
  '554 DT:SPM 163 mx14 please see http://mail.163.com/help/help_spam_16.htm',
  '550 Rejected by header based manually Blocked Senders: x@provider.example',
  '550 permanent failure for one or more recipients (x@provider.example:blocked)',
  '550 Requested action aborted [7.2] 27902, please visit www.messagelabs.com/support',
  '550 Rejected: HELO/EHLO with my name',
  '556 sender address has null MX',
  'Message refusé : expéditeur non autorisé',
  '550 5.6.0 it could not be parsed',
  "550-5.7.26 Unauthenticated email from foo.example is not accepted due to domain's 550-5.7.26 DMARC policy.",
  '550 5.7.606 Access denied, banned sending IP [192.0.2.7]',
  '550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]',
  '550 spam detected',
  '554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org',
  '553 5.7.1 [BL21] Connections not accepted from servers on Yahoo block list',
  '550 5.7.23 The message was rejected because of Sender Policy Framework violation',
  '550 Rejected by header based Anti-Spoofing policy: mimecast',
  '550 Administrative prohibition - envelope blocked',
  '554 Email rejected due to security policies - MCSpamSignature',
  '550 5.7.1 Message rejected due to content restrictions',
  '550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy',
  '550 5.1.8 <x@y>: Sender address rejected: Domain not found',
  '553 5.1.8 Domain of sender address x@y does not exist',
  '550 Sender verify failed',
  '550 5.7.1 Helo command rejected: Host not found',
  '550 Reverse DNS lookup failed for host',
  '554-gmx.net (mxgmx) Nemesis ESMTP Service not available 554-No SMTP service 554-IP address is black listed',
  '550 5.7.1 [CS01] Message rejected due to local policy.',
  '550-Verification failed for <x@y> 550-The mail server could not deliver mail to x. 550 Sender verify failed',
  '550 This message scored 9.8 spam points',
  '550 5.7.509 Access denied, sending domain foo does not pass DMARC verification',
  '550 5.7.1 Service unavailable, Client host [192.0.2.7] blocked using FBLW15',
  '550 5.7.1 Your IP has a poor reputation',
  '554 5.7.1 [P4] Message blocked due to spam content in the message.',
  '550 5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent',
];

const kindOf = (said: string): string => judgeRefusal({ status: statusIn(said), text: said });

describe('what a refusal means', () => {
  it.each(GONE)('the person is gone: %s', (said) => {
    expect(kindOf(said)).toBe('bounce_hard');
  });

  it.each(NOT_NOW)('not now: %s', (said) => {
    expect(kindOf(said)).toBe('bounce_soft');
  });

  it.each(OURS)('our mail was refused, the person stays valid: %s', (said) => {
    expect(kindOf(said)).toBe('sender_blocked');
  });

  it('after the text was sent it is the text that was refused, unless the words say otherwise', () => {
    expect(judgeRefusal({ status: null, text: '554 No.', stage: 'DATA' })).toBe('sender_blocked');
    expect(judgeRefusal({ status: null, text: '554 No.', stage: 'RCPT' })).toBe('bounce_hard');
    expect(judgeRefusal({ status: null, text: '554 No such user', stage: 'DATA' })).toBe('bounce_hard');
  });

  it('nobody is given up for a letter that gives no cause', () => {
    expect(judgeRefusal({ status: null, text: 'Sorry.' })).toBe('bounce_soft');
  });
});

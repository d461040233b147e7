import { domainToASCII } from 'node:url';
import freeMailDomains from 'email-providers/all.json' with { type: 'json' };
import { remember } from './remember.js';

const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu;
const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/u;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/u;
/** French and Belgian providers the list lacks. */
const alsoFree =
  'bbox.fr numericable.fr cegetel.net aliceadsl.fr club-internet.fr nordnet.fr 9online.fr libertysurf.fr tele2.fr dbmail.com proximus.be hispeed.ch tim.it';
const free = new Set([...freeMailDomains, ...alsoFree.split(' ')]);

/**
 * The address as mail is sent to it: trimmed, lower case, NFKC, domain in punycode, plus-tag kept.
 * Accepts what people paste (`mailto:`, `Jean <jean@…>`). Null when it is not one deliverable address.
 */
export function normaliseEmail(raw: string): string | null {
  const text = unwrap(raw.normalize('NFKC').replace(invisible, '').trim().toLowerCase());
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 254) return null;
  const mailbox = text.slice(0, at);
  const domain = normaliseMailDomain(text.slice(at + 1));
  if (domain === null || mailbox.length > 64 || !local.test(mailbox)) return null;
  return `${mailbox}@${domain}`;
}

/** What makes two addresses the same person: a normalised address without its plus-tag. */
export function emailIdentity(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus < 1 || plus > at ? address : address.slice(0, plus) + address.slice(at);
}

/** What opens a letter to a normalised address; `?` and `&`, legal in it, do not begin fields of the letter. */
export function mailtoOf(address: string): string {
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}`;
}

/** The domain of a normalised address. */
export function emailDomain(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Whether a mailbox there says nothing about the employer (gmail.com, orange.fr…). */
export function isFreeMailDomain(domain: string): boolean {
  return free.has(domain.toLowerCase());
}

function unwrap(text: string): string {
  const bracketed = /<([^<>]+)>\s*$/u.exec(text)?.[1] ?? text;
  return bracketed
    .trim()
    .replace(/^mailto:\s*/u, '')
    .replace(/\?.*$/u, '')
    .replace(/^['"]+|['".,;]+$/gu, '')
    .trim();
}

/** Colleagues write from one domain, row after row. */
const normaliseMailDomain = remember((raw: string): string | null => {
  const domain = domainToASCII(raw);
  const labels = domain.split('.');
  if (labels.length < 2 || domain.length > 253) return null;
  if (!labels.every((part) => label.test(part)) || /^\d+$/u.test(labels.at(-1) ?? '')) return null;
  return domain;
});

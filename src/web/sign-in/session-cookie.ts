import type { FastifyReply } from 'fastify';
import { SESSION_COOKIE } from '../../accounts/actor.guard.js';
import { SESSION_DAYS } from '../../accounts/sign-in.service.js';

/** HttpOnly and SameSite: no script reads it, no other site sends it along with a form. */
export function giveSession(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: SESSION_DAYS * 86_400,
  });
}

export function takeSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, { path: '/' });
}

/** Only an address of our own, as a header takes it: `//elsewhere.example` and `/\elsewhere` are not. */
export function isOwnPath(path: string | undefined): path is string {
  return path !== undefined && /^\/(?![/\\])[!-~]*$/.test(path);
}

import { expect, it, vi } from 'vitest';
import { AccessQueries } from '../../src/accounts/access.queries.js';
import { ApiTokenQueries } from '../../src/accounts/api-tokens.queries.js';
import { ApiTokens } from '../../src/accounts/api-tokens.service.js';
import { AuditQueries } from '../../src/accounts/audit.queries.js';
import { Passwords } from '../../src/accounts/password.service.js';
import { PeopleQueries } from '../../src/accounts/people.queries.js';
import { People } from '../../src/accounts/people.service.js';
import { Profile } from '../../src/accounts/profile.service.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Standing } from '../../src/accounts/standing.service.js';
import { Clients } from '../../src/clients/clients.service.js';
import { newId } from '../../src/shared/id.js';
import { onBothDatabases, PASSWORD } from '../support/world.js';

onBothDatabases('accounts', (world) => {
  const sessionOf = (userId: string): Promise<string> =>
    world.database.write((tx) => world.get(SignIn).openSession(tx, userId));
  const isIn = async (session: string): Promise<boolean> =>
    (await world.get(AccessQueries).actorOfSession(session)) !== null;

  it('an invitation sets a password once: the second use finds nothing, and changes nothing', async () => {
    const admin = await world.admin();
    const people = world.get(People);
    const { user, secret } = await people.invite(admin, {
      email: 'ines@epure.example',
      name: 'Inès',
      role: 'sdr',
    });
    const session = await people.acceptInvitation(secret, PASSWORD);
    expect(await isIn(session)).toBe(true);
    await expect(people.acceptInvitation(secret, 'another long password')).rejects.toThrow('invitationOver');
    expect(await isIn(await world.get(SignIn).signIn(user.email, PASSWORD, '::1'))).toBe(true);
  });

  it('of two clicks at the same moment one wins', async () => {
    const admin = await world.admin();
    const people = world.get(People);
    const { secret } = await people.invite(admin, { email: 'two@epure.example', name: 'Two', role: 'sdr' });
    const clicks = await Promise.allSettled([
      people.acceptInvitation(secret, PASSWORD),
      people.acceptInvitation(secret, 'the other password'),
    ]);
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('a new link stops the one before, and a link is too old after seven days', async () => {
    const admin = await world.admin();
    const people = world.get(People);
    const first = await people.invite(admin, { email: 'late@epure.example', name: 'Late', role: 'sdr' });
    const second = await people.renewInvitation(admin, first.user.id);
    await expect(people.acceptInvitation(first.secret, PASSWORD)).rejects.toThrow('invitationOver');
    const now = world.clock.now();
    world.clock.set(new Date(now.getTime() + 7 * 86_400_000 + 1));
    await expect(people.acceptInvitation(second.secret, PASSWORD)).rejects.toThrow('invitationOver');
    world.clock.set(now);
    expect(await isIn(await people.acceptInvitation(second.secret, PASSWORD))).toBe(true);
  });

  it('only admins invite, change roles and disable', async () => {
    const manager = await world.person('manager');
    const sdr = await world.person('sdr');
    const input = { email: 'x@epure.example', name: 'X', role: 'admin' as const };
    await expect(world.get(People).invite(manager, input)).rejects.toThrow('accounts.adminsOnly');
    await expect(world.get(Standing).giveRole(manager, manager.userId, 'admin')).rejects.toThrow(
      'adminsOnly',
    );
    await expect(world.get(Standing).disable(sdr, manager.userId)).rejects.toThrow('adminsOnly');
    await expect(world.get(PeopleQueries).list(manager)).rejects.toThrow('adminsOnly');
  });

  it('a disabled person is out at once: sessions, tokens, password and old invitations', async () => {
    const admin = await world.admin();
    const leaver = await world.person('sdr', [], 'Leaver');
    const session = await sessionOf(leaver.userId);
    const token = await world.get(ApiTokens).issue(leaver, 'script');
    const { secret } = await world.get(People).renewInvitation(admin, leaver.userId);
    const { email } = await world.get(PeopleQueries).get(admin, leaver.userId);
    await world.get(Standing).disable(admin, leaver.userId);
    expect(await isIn(session)).toBe(false);
    expect(await world.get(AccessQueries).actorOfToken(token)).toBeNull();
    await expect(world.get(SignIn).signIn(email, PASSWORD, '::1')).rejects.toThrow('wrongPassword');
    await expect(world.get(People).acceptInvitation(secret, PASSWORD)).rejects.toThrow('invitationOver');
    await expect(world.get(People).renewInvitation(admin, leaver.userId)).rejects.toThrow(
      'accounts.disabled',
    );
    await world.get(Standing).enable(admin, leaver.userId);
    expect(await isIn(session)).toBe(false);
    expect(await isIn(await world.get(SignIn).signIn(email, PASSWORD, '::1'))).toBe(true);
  });

  it('a sign-in under way with the old password opens nothing once the password has changed', async () => {
    const person = await world.person('sdr', [], 'Overtaken');
    const { email } = await world.get(PeopleQueries).get(await world.admin(), person.userId);
    const passwords = world.get(Passwords);
    const check = passwords.isRight.bind(passwords);
    const overtaken = vi.spyOn(passwords, 'isRight').mockImplementationOnce(async (...asked) => {
      const isRight = await check(...asked);
      await world.get(Profile).changePassword(person, PASSWORD, 'a password of today');
      return isRight;
    });
    await expect(world.get(SignIn).signIn(email, PASSWORD, '::1')).rejects.toThrow('wrongPassword');
    overtaken.mockRestore();
    expect(await isIn(await world.get(SignIn).signIn(email, 'a password of today', '::1'))).toBe(true);
  });

  it('nobody changes their own role or access, so that an admin is always left', async () => {
    const admin = await world.admin();
    await expect(world.get(Standing).disable(admin, admin.userId)).rejects.toThrow('accounts.notYourself');
    await expect(world.get(Standing).giveRole(admin, admin.userId, 'sdr')).rejects.toThrow(
      'accounts.notYourself',
    );
  });

  it('a role changes within the agency, and never between the agency and a client', async () => {
    const admin = await world.admin();
    const sdr = await world.person('sdr', [], 'Riser');
    await world.get(Standing).giveRole(admin, sdr.userId, 'manager');
    expect((await world.actorOf(sdr.userId)).role).toBe('manager');
    await expect(world.get(Standing).giveRole(admin, sdr.userId, 'client')).rejects.toThrow(
      'accounts.otherSide',
    );
    await expect(world.get(Standing).disable(admin, newId())).rejects.toThrow('notFound');
    await expect(world.get(Standing).disable(admin, 'no id at all')).rejects.toThrow('notFound');
  });

  it('a changed password ends every other session, and asks for the old one', async () => {
    const person = await world.person('sdr', [], 'Careful');
    const elsewhere = await sessionOf(person.userId);
    const profile = world.get(Profile);
    await expect(
      profile.changePassword(person, 'a wrong guess', 'a brand new password'),
    ).rejects.toMatchObject({
      fields: { current: 'accounts.wrongCurrent' },
    });
    expect(await isIn(elsewhere)).toBe(true);
    const here = await profile.changePassword(person, PASSWORD, 'a brand new password');
    expect([await isIn(elsewhere), await isIn(here)]).toEqual([false, true]);
  });

  it('signing out everywhere ends all sessions of one person and of nobody else', async () => {
    const [one, other] = [await world.person('sdr', [], 'One'), await world.person('sdr', [], 'Other')];
    const sessions = [
      await sessionOf(one.userId),
      await sessionOf(one.userId),
      await sessionOf(other.userId),
    ];
    await world.get(SignIn).signOutEverywhere(one);
    expect(await Promise.all(sessions.map(isIn))).toEqual([false, false, true]);
  });

  it('a token shows its beginning only, is limited to a client in sight, and stops when revoked', async () => {
    const admin = await world.admin();
    const client = await world.get(Clients).open(admin, { name: 'Nordia' });
    const sdr = await world.person('sdr', [client.id], 'Scripter');
    const stranger = await world.person('sdr', [], 'Stranger');
    await expect(world.get(ApiTokens).issue(stranger, 'mine', client.id)).rejects.toThrow('notFound');
    const token = await world.get(ApiTokens).issue(sdr, 'export', client.id);
    const [listed] = await world.get(ApiTokenQueries).list(sdr);
    expect(listed).toMatchObject({ name: 'export', clientId: client.id, hint: token.slice(0, 12) });
    expect(JSON.stringify(listed)).not.toContain(token);
    await expect(world.get(ApiTokens).revoke(stranger, listed!.id)).rejects.toThrow('notFound');
    await world.get(ApiTokens).revoke(sdr, listed!.id);
    expect(await world.get(AccessQueries).actorOfToken(token)).toBeNull();
    expect(await world.get(ApiTokenQueries).list(sdr)).toEqual([]);
  });

  it('a token for one client says nothing of the agency, and does nothing for it', async () => {
    const admin = await world.admin();
    const client = await world.get(Clients).open(admin, { name: 'Bornée' });
    const limited = await world.api(admin, client.id);
    const entry = { kind: 'email', value: 'a@b.example', reason: 'asked' };
    expect((await limited.get(`/clients/${client.id}`)).status).toBe(200);
    expect((await limited.get('/suppressions')).status).toBe(403);
    expect((await limited.post('/suppressions', entry)).status).toBe(403);
    expect((await limited.post('/clients', { name: 'Another' })).status).toBe(403);
    expect((await (await world.api(admin)).get('/suppressions')).status).toBe(200);
  });

  it('the trail is read newest first, page by page, each entry once; a manager reads of their clients only', async () => {
    const admin = await world.admin();
    const client = await world.get(Clients).open(admin, { name: 'Clairval' });
    const manager = await world.person('manager', [client.id], 'Reader');
    const trail = world.get(AuditQueries);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await trail.list(admin, { cursor, limit: 7 });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids.length).toBeGreaterThan(14);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const theirs = await trail.list(manager, {});
    expect(new Set(theirs.items.map(({ clientId }) => clientId))).toEqual(new Set([client.id]));
    await expect(trail.list(await world.person('sdr', [client.id]), {})).rejects.toThrow('notAllowed');
    const invitations = await trail.list(admin, { subjectType: 'user', userId: admin.userId });
    expect(invitations.items.map(({ act }) => act)).toContain('user.disabled');
  });
});

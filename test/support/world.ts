import 'reflect-metadata';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { AccessQueries } from '../../src/accounts/access.queries.js';
import type { Actor, Role } from '../../src/accounts/actor.js';
import { ApiTokens } from '../../src/accounts/api-tokens.service.js';
import { People } from '../../src/accounts/people.service.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Clock } from '../../src/clock/clock.service.js';
import { Config } from '../../src/config/config.js';
import { readSettings } from '../../src/config/env-spec.js';
import { Database } from '../../src/database/database.js';
import type { DialectName } from '../../src/database/dialect.js';
import { newId } from '../../src/shared/id.js';
import { createServer } from '../../src/server.js';
import { TEMPLATE } from './databases.js';
import { Browser } from './browser.js';
import { Caller } from './caller.js';

export const PASSWORD = 'a long enough password';

/** A running Carnet with a database of its own, and hands to reach into it. */
export class World {
  app!: NestFastifyApplication;
  database!: Database;
  clock!: Clock & { set(at: string | Date): void };
  dataDir!: string;
  private founder: Actor | null = null;

  constructor(readonly dialect: DialectName) {}

  /** The one instance of a service. */
  get<T>(service: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(service, { strict: false });
  }

  /** The agency's first admin; founds the agency when there is none yet. */
  async admin(): Promise<Actor> {
    if (this.founder === null) {
      const founded = await this.get(People).found({
        agencyName: 'Agence Épure',
        name: 'Ada Admin',
        email: 'ada@epure.example',
        password: PASSWORD,
        locale: 'en',
      });
      this.founder = await this.actorOf(founded.userId);
    }
    return this.founder;
  }

  /** A person of a role, with access to these clients, and the usual password. */
  async person(role: Role, clientIds: string[] = [], name: string = role): Promise<Actor> {
    const admin = await this.admin();
    const people = this.get(People);
    const { user, secret } = await people.invite(admin, {
      email: `${name.toLowerCase().replace(/\W+/g, '.')}.${newId().slice(-8)}@epure.example`,
      name,
      role,
      clientId: role === 'client' ? (clientIds[0] ?? null) : null,
      locale: 'en',
    });
    await people.acceptInvitation(secret, PASSWORD);
    if (role === 'manager' || role === 'sdr') {
      await this.database.write(async (tx) => {
        for (const clientId of clientIds) {
          await tx.entities.insert('ClientAccess', {
            userId: user.id,
            clientId,
            createdAt: this.clock.now(),
          });
        }
      });
    }
    return this.actorOf(user.id);
  }

  async actorOf(userId: string): Promise<Actor> {
    return (await this.get(AccessQueries).actorOfUser(userId))!;
  }

  /** The JSON API with a token of this actor; without one, a stranger. */
  async api(actor?: Actor, clientId?: string): Promise<Caller> {
    const token = actor && (await this.get(ApiTokens).issue(actor, 'test', clientId ?? null));
    return new Caller(this.app.getHttpServer(), token ?? null);
  }

  /** A browser signed in as this actor (cookies and CSRF kept for you); without one, a visitor. */
  async browser(actor?: Actor): Promise<Browser> {
    const browser = new Browser(this.app.getHttpServer());
    if (actor)
      browser.carry(await this.database.write((tx) => this.get(SignIn).openSession(tx, actor.userId)));
    return browser;
  }

  /** `settings`: of the environment, beyond what every test has. */
  async open(settings: NodeJS.ProcessEnv = {}): Promise<void> {
    this.dataDir = mkdtempSync(join(tmpdir(), 'carnet-test-'));
    const databaseUrl = this.dialect === 'postgres' ? await copyPostgres() : null;
    if (databaseUrl === null) copyFileSync(inject('sqliteTemplate'), join(this.dataDir, 'carnet.sqlite'));
    const config = readSettings({
      DATA_DIR: this.dataDir,
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'error',
      SECRET_KEY: 'x'.repeat(64),
      WORKER: 'off',
      ...settings,
    });
    this.app = await createServer(new Config({ ...config, databaseUrl }));
    await this.app.init();
    await this.app.getHttpAdapter().getInstance().ready();
    this.database = this.get(Database);
    this.clock = handSet(this.get(Clock));
  }

  async close(): Promise<void> {
    await this.app?.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** The same story on real SQLite and on real PostgreSQL, each with a database of its own. */
export function onBothDatabases(name: string, story: (world: World) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (dialect) => {
    const world = new World(dialect);
    beforeAll(() => world.open());
    afterAll(() => world.close());
    story(world);
  });
}

async function copyPostgres(): Promise<string> {
  const base = inject('postgresBase');
  const name = `test_${newId().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${base}postgres` });
  await client.connect();
  try {
    // Two copies of one template at the same time refuse each other: stand in line.
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${TEMPLATE}"`);
    await client.query('SELECT pg_advisory_unlock(1)');
  } finally {
    await client.end();
  }
  return base + name;
}

/** The application's own clock, which a test may set; unset it goes with the machine's. */
function handSet(clock: Clock): World['clock'] {
  let at: Date | null = null;
  clock.now = () => at ?? new Date();
  return Object.assign(clock, { set: (moment: string | Date) => void (at = new Date(moment)) });
}

import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessQueries } from './access.queries.js';
import { ActorGuard } from './actor.guard.js';
import { ApiTokenQueries } from './api-tokens.queries.js';
import { ApiTokens } from './api-tokens.service.js';
import { AuditQueries } from './audit.queries.js';
import { Audit } from './audit.service.js';
import { Housekeeping } from './housekeeping.service.js';
import { IdempotencyGuard } from './idempotency.guard.js';
import { Idempotency } from './idempotency.service.js';
import { OpenRequests } from './open-requests.service.js';
import { Passwords } from './password.service.js';
import { PeopleQueries } from './people.queries.js';
import { People } from './people.service.js';
import { Profile } from './profile.service.js';
import { SignIn } from './sign-in.service.js';
import { Standing } from './standing.service.js';

const SERVICES = [
  AccessQueries,
  ApiTokenQueries,
  ApiTokens,
  Audit,
  AuditQueries,
  Housekeeping,
  Idempotency,
  OpenRequests,
  Passwords,
  People,
  PeopleQueries,
  Profile,
  SignIn,
  Standing,
];

@Module({
  providers: [
    ...SERVICES,
    { provide: APP_GUARD, useClass: ActorGuard },
    { provide: APP_GUARD, useClass: IdempotencyGuard },
  ],
  exports: SERVICES,
})
export class AccountsModule {}

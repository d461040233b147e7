import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessQueries } from './access.queries.js';
import { ActorGuard } from './actor.guard.js';
import { ApiTokens } from './api-tokens.service.js';
import { Audit } from './audit.service.js';
import { Housekeeping } from './housekeeping.service.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { Passwords } from './password.service.js';
import { People } from './people.service.js';
import { SignIn } from './sign-in.service.js';

@Module({
  providers: [
    AccessQueries,
    ApiTokens,
    Audit,
    Housekeeping,
    Passwords,
    People,
    SignIn,
    { provide: APP_GUARD, useClass: ActorGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
  exports: [AccessQueries, ApiTokens, Audit, Housekeeping, Passwords, People, SignIn],
})
export class AccountsModule {}

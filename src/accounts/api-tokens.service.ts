import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { NotFound } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import { type Actor, seesClient } from './actor.js';
import { ApiToken } from './api-token.entity.js';
import { Audit } from './audit.service.js';
import { hashOf, newSecret } from './secret-token.js';

/** Tokens with which programs act for a person. */
@Injectable()
export class ApiTokens {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Makes a token of the actor's own; its text is given here and never again. @throws NotFound for a client out of sight */
  async issue(actor: Actor, name: string, clientId: string | null = null): Promise<string> {
    if (clientId !== null && !seesClient(actor, clientId)) throw new NotFound();
    const token = newSecret('carnet_');
    await this.database.write(async (tx) => {
      const id = newId();
      await tx.entities.insert(ApiToken, {
        id,
        tokenHash: hashOf(token),
        hint: token.slice(0, 12),
        name,
        userId: actor.userId,
        clientId,
        createdAt: this.clock.now(),
        revokedAt: null,
      });
      await this.audit.record(tx, actor, {
        act: 'token.issued',
        subjectType: 'token',
        subjectId: id,
        clientId,
      });
    });
    return token;
  }

  /** @throws NotFound when it is not the actor's, or revoked already */
  async revoke(actor: Actor, id: string): Promise<void> {
    await this.database.write(async (tx) => {
      const revoked = await tx.run(
        sql`UPDATE api_token SET revoked_at = ${this.clock.now()} WHERE id = ${id} AND user_id = ${actor.userId} AND revoked_at IS NULL`,
      );
      if (revoked === 0) throw new NotFound();
      await this.audit.record(tx, actor, { act: 'token.revoked', subjectType: 'token', subjectId: id });
    });
  }
}

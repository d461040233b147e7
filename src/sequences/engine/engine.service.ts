import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { EngineClaims } from './engine-claims.service.js';
import { EngineDispatch } from './engine-dispatch.service.js';
import { EngineRecovery } from './engine-recovery.service.js';
import { mailboxesWithWork } from './due-mail.queries.js';

/** Mailboxes at work at the same time: each waits for its own server. */
const AT_ONCE = 40;
/** Rounds a mailbox gets in one tick; what is left then waits for the next. */
const MOST_ROUNDS = 20;

export interface TickReport {
  /** Mails handed over, whatever became of them. */
  delivered: number;
  /** Enrolments whose pause was over. */
  woken: number;
  /** Mails an earlier run had left behind. */
  recovered: number;
}

/** Sends what is due: follow-ups before first touches, as fast as each mailbox may. The clock is an argument. */
@Injectable()
export class Engine {
  private readonly logger = new Logger('Engine');

  constructor(
    private readonly database: Database,
    private readonly claims: EngineClaims,
    private readonly dispatch: EngineDispatch,
    private readonly recovery: EngineRecovery,
  ) {}

  /** Safe in several workers at once. `stop`: no new mail is taken up; the one under way is finished. */
  async tick(now: Date, stop?: AbortSignal): Promise<TickReport> {
    const recovered = await this.recovery.takeUpLeftovers(now);
    const woken = await this.recovery.wake(now);
    const mailboxes = await this.database.read((db) => mailboxesWithWork(db, now));
    let delivered = 0;
    const turns = mailboxes.values();
    const work = async (): Promise<void> => {
      for (const mailboxId of turns) {
        if (stop?.aborted) return;
        // Not `delivered += await …`: that would add to what it was before the wait.
        const sent = await this.serve(mailboxId, now, stop);
        delivered += sent;
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, mailboxes.length) }, work));
    return { delivered, woken, recovered };
  }

  /** One mailbox that cannot be served must not keep the others from being. */
  private async serve(mailboxId: string, now: Date, stop?: AbortSignal): Promise<number> {
    let delivered = 0;
    try {
      // Where others hold all who come first, it looks further down the list each time.
      let reach = 1;
      for (let round = 0; round < MOST_ROUNDS && !stop?.aborted; round += 1) {
        if (this.dispatch.isResting(mailboxId, now)) break;
        const { claimed, isDone } = await this.database.write((tx) =>
          this.claims.claim(tx, mailboxId, now, reach),
        );
        reach = claimed.length > 0 ? 1 : reach + 1;
        delivered += await this.dispatch.sendAll(claimed, stop);
        if (isDone) break;
      }
    } catch (error) {
      this.logger.error({ err: error, mailboxId });
    }
    return delivered;
  }
}

import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from './clock/clock.service.js';
import { Config } from './config/config.js';
import { type Job, JOBS, type Services } from './jobs.js';

/**
 * Work under way is finished. What somebody else holds up longer than this (a mail server that does not answer) is left
 * as a crash would leave it, and taken up after the next start.
 */
const PATIENCE_MS = 10_000;

/** Keeps the timetable: each job on its beat, never twice at once, and none of them takes the process down. */
@Injectable()
export class Timetable implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Timetable');
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly modules: ModuleRef,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // Every line to a mailbox listens to it.
    setMaxListeners(0, this.stopping.signal);
    if (!this.config.isWorkerOn) return;
    for (const job of JOBS) {
      this.timers.push(setInterval(() => this.start(job), job.everySeconds * 1000));
      this.start(job);
    }
  }

  /** No new beat; the work under way is finished first. */
  async onModuleDestroy(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    this.stopping.abort();
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
    await Promise.race([Promise.all(this.running.values()), patience]);
  }

  private start(job: Job): void {
    if (this.running.has(job.name)) return;
    const run = this.once(job).finally(() => this.running.delete(job.name));
    this.running.set(job.name, run);
  }

  private async once(job: Job): Promise<void> {
    try {
      const services: Services = (service) => this.modules.get(service, { strict: false });
      await job.run(services, this.clock.now(), this.stopping.signal);
    } catch (error) {
      this.logger.error({ err: error, job: job.name });
    }
  }
}

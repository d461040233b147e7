import type { Type } from '@nestjs/common';
import { Housekeeping } from './accounts/housekeeping.service.js';
import { Deadlines } from './meetings/deadlines.service.js';
import { InboxReader } from './outreach/incoming/inbox-reader.service.js';
import { InboxWatch } from './outreach/incoming/inbox-watch.service.js';
import { ImportClearing } from './prospects/import/import-clearing.service.js';
import { ImportRunner } from './prospects/import/import-runner.service.js';
import { BulkRunner } from './prospects/bulk-acts/bulk-runner.service.js';
import { WordIndex } from './prospects/search/word-index.service.js';
import { DuplicateSearches } from './prospects/merge/duplicate-search.service.js';
import { IcpTrials } from './prospects/trial/icp-trials.service.js';
import { Projection } from './reporting/facts/projection.service.js';
import { ArchiveClearing } from './sequences/archive-clearing.service.js';
import { AccountRule } from './sequences/enrolments/account-rule.service.js';
import { Engine } from './sequences/engine/engine.service.js';
import { RateWatch } from './sequences/engine/rate-watch.service.js';
import { ReplyConsequences } from './sequences/replies/reply-consequences.service.js';
import { UncertainMails } from './sequences/engine/uncertain-mails.service.js';

/** Gives the one instance of a service. */
export type Services = <T>(service: Type<T>) => T;

export interface Job {
  name: string;
  everySeconds: number;
  /** Safe to run twice, and in two workers at once. `stop`: the process is ending; finish what is under way. */
  run: (services: Services, now: Date, stop: AbortSignal) => Promise<unknown>;
}

/** THE timetable: each thing that happens by itself, one line. */
export const JOBS: Job[] = [
  {
    name: 'forget what is over',
    everySeconds: 3600,
    run: (services, now) => services(Housekeeping).forget(now),
  },
  {
    name: 'count new facts',
    everySeconds: 15,
    run: (services) => services(Projection).catchUp(),
  },
  {
    name: 'take up imports that were cut off',
    everySeconds: 30,
    run: (services, now) => services(ImportRunner).resume(now),
  },
  {
    name: 'forget files nobody needs any more',
    everySeconds: 3600,
    run: (services, now) => services(ImportClearing).forgetFiles(now),
  },
  {
    name: 'take up acts on many that were cut off',
    everySeconds: 30,
    run: (services, now) => services(BulkRunner).resume(now),
  },
  {
    name: 'forget acts on many of long ago',
    everySeconds: 3600,
    run: (services, now) => services(BulkRunner).forget(now),
  },
  {
    name: 'index new prospects for the search box',
    everySeconds: 5,
    run: (services) => services(WordIndex).catchUp(),
  },
  {
    name: 'send the mail that is due',
    everySeconds: 10,
    run: (services, now, stop) => services(Engine).tick(now, stop),
  },
  {
    name: 'take people out of archived sequences',
    everySeconds: 60,
    run: (services) => services(ArchiveClearing).takeUp(),
  },
  {
    name: 'make colleagues wait whom a crash left on their way',
    everySeconds: 30,
    run: (services) => services(AccountRule).takeUp(),
  },
  {
    name: 'act on mail nobody acted on yet',
    everySeconds: 30,
    run: (services) => services(ReplyConsequences).catchUp(),
  },
  {
    name: 'stop what bounces or is complained about',
    everySeconds: 60,
    run: (services, now) => services(RateWatch).look(now),
  },
  {
    name: 'look for mails that may have left',
    everySeconds: 300,
    run: (services, now, stop) => services(UncertainMails).look(now, stop),
  },
  {
    name: 'compare new prospects with the others',
    everySeconds: 120,
    run: (services) => services(DuplicateSearches).searchWhereNew(),
  },
  {
    name: 'read the mailboxes',
    everySeconds: 60,
    run: (services, _now, stop) => services(InboxReader).readAll(stop),
  },
  {
    name: 'keep a line open to the mailboxes',
    everySeconds: 60,
    run: (services, _now, stop) => services(InboxWatch).keep(stop),
  },
  {
    name: 'forget trials of yesterday',
    everySeconds: 3600,
    run: (services, now) => services(IcpTrials).forgetOld(now),
  },
  {
    name: 'accept claims by lapse',
    everySeconds: 300,
    run: (services) => services(Deadlines).acceptByLapse(),
  },
  {
    name: 'deem unreported meetings held',
    everySeconds: 900,
    run: (services) => services(Deadlines).deemHeld(),
  },
];

import type { Type } from '@nestjs/common';
import { Housekeeping } from './accounts/housekeeping.service.js';
import { Deadlines } from './meetings/deadlines.service.js';
import { InboxReader } from './outreach/inbox-reader.service.js';
import { InboxWatch } from './outreach/inbox-watch.service.js';
import { ImportRunner } from './prospects/import/import-runner.service.js';
import { BulkRunner } from './prospects/bulk-runner.service.js';
import { WordIndex } from './prospects/word-index.service.js';
import { DuplicateSearches } from './prospects/merge/duplicate-search.service.js';
import { Projection } from './reporting/projection.service.js';

/** Gives the one instance of a service. */
export type Services = <T>(service: Type<T>) => T;

export interface Job {
  name: string;
  everySeconds: number;
  /** Safe to run twice, and in two workers at once. */
  run: (services: Services, now: Date) => Promise<unknown>;
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
    name: 'take up acts on many that were cut off',
    everySeconds: 30,
    run: (services, now) => services(BulkRunner).resume(now),
  },
  {
    name: 'index new prospects for the search box',
    everySeconds: 5,
    run: (services) => services(WordIndex).catchUp(),
  },
  {
    name: 'compare new prospects with the others',
    everySeconds: 120,
    run: (services) => services(DuplicateSearches).searchWhereNew(),
  },
  {
    name: 'read the mailboxes',
    everySeconds: 60,
    run: (services) => services(InboxReader).readAll(),
  },
  {
    name: 'keep a line open to the mailboxes',
    everySeconds: 60,
    run: (services) => services(InboxWatch).keep(),
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

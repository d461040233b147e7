import { Initial1700000000000 } from './migrations/1700000000000-initial.js';
import { WordSearch1700000000001 } from './migrations/1700000000001-word-search.js';
import { CountsAndWords1700000000002 } from './migrations/1700000000002-counts-and-words.js';
import { FewerMailIndices1700000000003 } from './migrations/1700000000003-fewer-mail-indices.js';
import { TermsApplyFrom1700000000004 } from './migrations/1700000000004-terms-apply-from.js';
import { RecountAsked1700000000005 } from './migrations/1700000000005-recount-asked.js';
import { WhoToComeBackTo1700000000006 } from './migrations/1700000000006-who-to-come-back-to.js';
import { ImportOwner1700000000007 } from './migrations/1700000000007-import-owner.js';
import { WordsBesidesTheName1700000000008 } from './migrations/1700000000008-words-besides-the-name.js';
import { PeopleByNumber1700000000009 } from './migrations/1700000000009-people-by-number.js';
import { ColleaguesWhoWait1700000000010 } from './migrations/1700000000010-colleagues-who-wait.js';
import type { MigrationClass } from './store.js';

/** Every step of the schema, oldest first; run at start, each in a transaction. */
export const MIGRATIONS: MigrationClass[] = [
  Initial1700000000000,
  WordSearch1700000000001,
  CountsAndWords1700000000002,
  FewerMailIndices1700000000003,
  TermsApplyFrom1700000000004,
  RecountAsked1700000000005,
  WhoToComeBackTo1700000000006,
  ImportOwner1700000000007,
  WordsBesidesTheName1700000000008,
  PeopleByNumber1700000000009,
  ColleaguesWhoWait1700000000010,
];

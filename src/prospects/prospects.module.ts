import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BulkActs } from './bulk-acts.service.js';
import { Facts } from './facts.service.js';
import { ListsController } from './lists.controller.js';
import { Lists } from './lists.service.js';
import { MergeParts } from './merge/merge-parts.service.js';
import { Ownership } from './ownership.service.js';
import { ProspectList } from './prospect-list.queries.js';
import { ProspectRecords } from './prospect-records.service.js';
import { ProspectsController } from './prospects.controller.js';
import { ProspectNotes } from './prospect-notes.service.js';
import { ProspectQueries } from './prospects.queries.js';
import { Prospects } from './prospects.service.js';
import { Rejudging } from './rejudging.service.js';
import { StatusController } from './status.controller.js';
import { StatusMoves } from './status-moves.service.js';
import { Statuses } from './status.service.js';
import { SuppressionLists } from './suppression-list.queries.js';
import { SuppressionList } from './suppression-list.service.js';
import { SuppressionsController } from './suppressions.controller.js';
import { Suppressions } from './suppressions.service.js';
import { WordIndex } from './word-index.service.js';

const OFFERED = [
  MergeParts,
  ...[Facts, Statuses, StatusMoves, Suppressions, SuppressionList, SuppressionLists],
  ...[Prospects, ProspectNotes, ProspectQueries, ProspectList, Lists, BulkActs, Ownership, Rejudging],
  WordIndex,
];

@Module({
  imports: [AccountsModule],
  controllers: [StatusController, ProspectsController, SuppressionsController, ListsController],
  providers: [...OFFERED, ProspectRecords],
  exports: OFFERED,
})
export class ProspectsModule {}

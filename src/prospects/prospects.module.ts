import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { Admission } from './admission.service.js';
import { BulkActsController } from './bulk-acts.controller.js';
import { BulkActQueries } from './bulk-acts.queries.js';
import { BulkActs } from './bulk-acts.service.js';
import { BulkChunks } from './bulk-chunks.service.js';
import { BulkCount } from './bulk-count.service.js';
import { BulkDeeds } from './bulk-deeds.service.js';
import { BulkRunner } from './bulk-runner.service.js';
import { ErasedPeople } from './erased-people.service.js';
import { Facts } from './facts.service.js';
import { HandOversController } from './hand-overs.controller.js';
import { HandOvers } from './hand-overs.service.js';
import { ListsController } from './lists.controller.js';
import { Lists } from './lists.service.js';
import { MergeParts } from './merge/merge-parts.service.js';
import { MergeQueries } from './merge/merges.queries.js';
import { Ownership } from './ownership.service.js';
import { ProspectList } from './prospect-list.queries.js';
import { ListHeads } from './list-heads.queries.js';
import { StatusCounts } from './status-counts.queries.js';
import { ProspectRecords } from './prospect-records.service.js';
import { ProspectSearch } from './prospect-search.queries.js';
import { ProspectsController } from './prospects.controller.js';
import { ProspectNotes } from './prospect-notes.service.js';
import { ProspectQueries } from './prospects.queries.js';
import { Prospects } from './prospects.service.js';
import { Rejudging } from './rejudging.service.js';
import { SavedFiltersController } from './saved-filters.controller.js';
import { SavedFilters } from './saved-filters.service.js';
import { SearchController } from './search.controller.js';
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
  MergeQueries,
  ...[Facts, Statuses, StatusMoves, Suppressions, SuppressionList, SuppressionLists, ErasedPeople],
  ...[Prospects, ProspectNotes, ProspectQueries, Lists, Ownership, Rejudging],
  ...[ProspectList, ListHeads, StatusCounts],
  ...[BulkActs, BulkActQueries, BulkRunner, SavedFilters, HandOvers, ProspectSearch],
  WordIndex,
];

@Module({
  imports: [AccountsModule],
  controllers: [
    StatusController,
    ProspectsController,
    SuppressionsController,
    ListsController,
    BulkActsController,
    SavedFiltersController,
    HandOversController,
    SearchController,
  ],
  providers: [...OFFERED, Admission, ProspectRecords, BulkChunks, BulkCount, BulkDeeds],
  exports: OFFERED,
})
export class ProspectsModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { Admission } from './suppression/admission.service.js';
import { BulkActsController } from './bulk-acts/bulk-acts.controller.js';
import { BulkActQueries } from './bulk-acts/bulk-acts.queries.js';
import { BulkActs } from './bulk-acts/bulk-acts.service.js';
import { BulkChunks } from './bulk-acts/bulk-chunks.service.js';
import { BulkCount } from './bulk-acts/bulk-count.service.js';
import { BulkDeeds } from './bulk-acts/bulk-deeds.service.js';
import { BulkOrders } from './bulk-acts/bulk-orders.service.js';
import { BulkParts } from './bulk-acts/bulk-parts.service.js';
import { BulkRunner } from './bulk-acts/bulk-runner.service.js';
import { ErasedPeople } from './suppression/erased-people.service.js';
import { Facts } from './facts.service.js';
import { HandOversController } from './ownership/hand-overs.controller.js';
import { HandOvers } from './ownership/hand-overs.service.js';
import { ListsController } from './lists/lists.controller.js';
import { Lists } from './lists/lists.service.js';
import { MergeParts } from './merge/merge-parts.service.js';
import { MergeQueries } from './merge/merges.queries.js';
import { Ownership } from './ownership/ownership.service.js';
import { ProspectList } from './search/prospect-list.queries.js';
import { ListHeads } from './search/list-heads.queries.js';
import { StatusCounts } from './search/status-counts.queries.js';
import { ProspectRecords } from './prospect-records.service.js';
import { ProspectSearch } from './search/prospect-search.queries.js';
import { ProspectsController } from './prospects.controller.js';
import { ProspectNotes } from './notes/prospect-notes.service.js';
import { ProspectQueries } from './prospects.queries.js';
import { Prospects } from './prospects.service.js';
import { Rejudging } from './rejudging.service.js';
import { SavedFiltersController } from './lists/saved-filters.controller.js';
import { SavedFilters } from './lists/saved-filters.service.js';
import { SearchController } from './search/search.controller.js';
import { StatusController } from './status/status.controller.js';
import { StatusMoves } from './status/status-moves.service.js';
import { StatusNews } from './status/status-news.service.js';
import { Statuses } from './status/status.service.js';
import { SuppressionLists } from './suppression/suppression-list.queries.js';
import { SuppressionList } from './suppression/suppression-list.service.js';
import { SuppressionsController } from './suppression/suppressions.controller.js';
import { Suppressions } from './suppression/suppressions.service.js';
import { WordIndex } from './search/word-index.service.js';

const OFFERED = [
  MergeParts,
  MergeQueries,
  ...[
    Facts,
    Statuses,
    StatusMoves,
    StatusNews,
    Suppressions,
    SuppressionList,
    SuppressionLists,
    ErasedPeople,
  ],
  ...[Prospects, ProspectNotes, ProspectQueries, Lists, Ownership, Rejudging],
  ...[ProspectList, ListHeads, StatusCounts],
  ...[BulkActs, BulkActQueries, BulkParts, BulkRunner, SavedFilters, HandOvers, ProspectSearch],
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
  providers: [...OFFERED, Admission, ProspectRecords, BulkChunks, BulkCount, BulkDeeds, BulkOrders],
  exports: OFFERED,
})
export class ProspectsModule {}

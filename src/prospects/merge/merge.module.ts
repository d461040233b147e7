import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ProspectsModule } from '../prospects.module.js';
import { Distinctions } from './distinctions.service.js';
import { DuplicateSearches } from './duplicate-search.service.js';
import { DuplicateQueries } from './duplicates.queries.js';
import { MergeController } from './merge.controller.js';
import { MergeMoves } from './merge-moves.service.js';
import { MergePreviews } from './merge-preview.queries.js';
import { MergeUndo } from './merge-undo.service.js';
import { MergedOppositions } from './merged-oppositions.service.js';
import { Merges } from './merges.service.js';
import { NoteDraftsMerge } from './note-drafts-merge.service.js';

const OFFERED = [Merges, MergePreviews, MergeUndo, DuplicateQueries, DuplicateSearches, Distinctions];

/** Prospects who are one person: suggested, merged, parted again. Rooms above register their part in `MergeParts`. */
@Module({
  imports: [AccountsModule, ProspectsModule],
  controllers: [MergeController],
  providers: [...OFFERED, MergeMoves, MergedOppositions, NoteDraftsMerge],
  exports: OFFERED,
})
export class MergeModule {}

import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { MergeModule } from '../../prospects/merge/merge.module.js';
import { DuplicatePages, MergeUndoPages } from './duplicates.pages.js';
import { DuplicatesScreen } from './duplicates-screen.service.js';

/** Prospects who may be one person. */
@Module({
  imports: [ClientsModule, MergeModule],
  controllers: [DuplicatePages, MergeUndoPages],
  providers: [DuplicatesScreen],
})
export class DuplicatePagesModule {}

import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { ImportsModule } from '../../prospects/import/imports.module.js';
import { ImportDownloads } from './import-downloads.pages.js';
import { SuppressionImportPages } from '../suppressions/import-suppressions.pages.js';
import { ImportPages } from './imports.pages.js';

@Module({
  imports: [ClientsModule, ImportsModule],
  controllers: [ImportPages, ImportDownloads, SuppressionImportPages],
})
export class ImportPagesModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ClientsModule } from '../../clients/clients.module.js';
import { ProspectsModule } from '../prospects.module.js';
import { ImportClearing } from './import-clearing.service.js';
import { ImportChunks } from './import-chunks.service.js';
import { ImportFiles } from './import-files.service.js';
import { ImportPlanner } from './import-planner.service.js';
import { ImportReverts } from './import-reverts.service.js';
import { ImportRunner } from './import-runner.service.js';
import { MappingMemory } from './mapping-memory.service.js';
import { RowSupply } from './row-supply.service.js';
import { ImportSheets } from './import-sheets.service.js';
import { ImportUploads } from './import-uploads.service.js';
import { ImportWriter } from './import-writer.service.js';
import { SuppressionImportsController } from './suppression-imports.controller.js';
import { SuppressionImports } from './suppression-imports.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportQueries } from './imports.queries.js';
import { Imports } from './imports.service.js';

@Module({
  imports: [AccountsModule, ClientsModule, ProspectsModule],
  controllers: [ImportsController, SuppressionImportsController],
  providers: [
    Imports,
    ImportQueries,
    ImportUploads,
    ImportFiles,
    ImportRunner,
    RowSupply,
    MappingMemory,
    ImportSheets,
    ImportChunks,
    ImportPlanner,
    ImportWriter,
    ImportReverts,
    ImportClearing,
    SuppressionImports,
  ],
  exports: [
    Imports,
    ImportQueries,
    ImportUploads,
    ImportFiles,
    ImportRunner,
    ImportSheets,
    ImportClearing,
    SuppressionImports,
  ],
})
export class ImportsModule {}

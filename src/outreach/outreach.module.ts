import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { Courtesy } from './courtesy.queries.js';
import { ProspectNotes } from './prospect-notes.service.js';
import { TouchLog } from './touch-log.service.js';
import { TouchUndo } from './touch-undo.service.js';
import { TouchesController } from './touches.controller.js';
import { Touches } from './touches.service.js';

@Module({
  imports: [AccountsModule, ProspectsModule],
  controllers: [TouchesController],
  providers: [Courtesy, ProspectNotes, Touches, TouchLog, TouchUndo],
  exports: [Courtesy, ProspectNotes, Touches, TouchLog, TouchUndo],
})
export class OutreachModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { Courtesy } from './courtesy.queries.js';
import { TouchLog } from './touch-log.service.js';
import { TouchUndo } from './touch-undo.service.js';
import { TouchesController } from './touches.controller.js';
import { Touches } from './touches.service.js';

@Module({
  imports: [AccountsModule, ProspectsModule],
  controllers: [TouchesController],
  providers: [Courtesy, Touches, TouchLog, TouchUndo],
  exports: [Courtesy, Touches, TouchLog, TouchUndo],
})
export class OutreachModule {}

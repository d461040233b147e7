import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { Facts } from './facts.service.js';
import { StatusController } from './status.controller.js';
import { StatusMoves } from './status-moves.service.js';
import { Statuses } from './status.service.js';
import { Suppressions } from './suppressions.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [StatusController],
  providers: [Facts, Statuses, StatusMoves, Suppressions],
  exports: [Facts, Statuses, StatusMoves, Suppressions],
})
export class ProspectsModule {}

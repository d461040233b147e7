import { type DynamicModule, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { AccountsModule } from './accounts/accounts.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { ClockModule } from './clock/clock.module.js';
import { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { MIGRATIONS } from './database/migrations.js';
import { ENTITIES } from './entities.js';
import { StopDeadline } from './stop-deadline.service.js';
import { Timetable } from './timetable.service.js';
import { FirstRun } from './first-run.service.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { CostModule } from './reporting/cost/cost.module.js';
import { ImportsModule } from './prospects/import/imports.module.js';
import { MergeModule } from './prospects/merge/merge.module.js';
import { ProspectsModule } from './prospects/prospects.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { IcpModule } from './icp/icp.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { OutreachModule } from './outreach/outreach.module.js';
import { EngineModule } from './sequences/engine/engine.module.js';
import { SequencesModule } from './sequences/sequences.module.js';
import { TrialModule } from './prospects/trial/trial.module.js';
import { WebModule } from './web/web.module.js';

@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        EventEmitterModule.forRoot(),
        DatabaseModule.with(config, { entities: ENTITIES, migrations: MIGRATIONS }),
        ClockModule,
        AccountsModule,
        ClientsModule,
        IcpModule,
        ProspectsModule,
        ImportsModule,
        MergeModule,
        TrialModule,
        CostModule,
        ReportingModule,
        MeetingsModule,
        OutreachModule,
        SequencesModule,
        EngineModule,
        WebModule,
      ],
      controllers: [HealthController, MetricsController],
      providers: [FirstRun, Metrics, StopDeadline, Timetable],
    };
  }
}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { Config } from '../config/config.js';
import { Database } from './database.js';
import { PostgresStore } from './postgres-store.js';
import { SqliteStore } from './sqlite-store.js';
import type { Store, StoreOptions } from './store.js';

/** The database of this configuration, not yet open. */
export function storeFor(config: Pick<Config, 'databaseUrl' | 'dataDir'>, options: StoreOptions): Store {
  return config.databaseUrl === null
    ? new SqliteStore(options, config.dataDir)
    : new PostgresStore(options, config.databaseUrl);
}

@Global()
@Module({})
export class DatabaseModule {
  /** Opens (and migrates) before anything that needs the database is made. */
  static with(config: Config, options: StoreOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: Database,
          inject: [EventEmitter2],
          useFactory: async (emitter: EventEmitter2) => {
            const store = storeFor(config, options);
            await store.open();
            return new Database(store, emitter);
          },
        },
      ],
      exports: [Database],
    };
  }
}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Config } from './config.js';
import { SecretBox } from './secret-box.js';

@Global()
@Module({})
export class ConfigModule {
  static with(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: SecretBox, useValue: new SecretBox(config.secretKey) },
      ],
      exports: [Config, SecretBox],
    };
  }
}

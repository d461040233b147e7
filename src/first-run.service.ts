import { Injectable } from '@nestjs/common';
import { People } from './accounts/people.service.js';
import { Config } from './config/config.js';

/** `ADMIN_EMAIL` and `ADMIN_PASSWORD` on an empty database: the agency without the first-run page. */
@Injectable()
export class FirstRun {
  constructor(
    private readonly people: People,
    private readonly config: Config,
  ) {}

  async foundFromEnvironment(): Promise<void> {
    const { adminEmail, adminPassword } = this.config;
    if (adminEmail === null || adminPassword === null || (await this.people.isFounded())) return;
    await this.people.found({
      agencyName: 'Carnet',
      name: 'Admin',
      email: adminEmail,
      password: adminPassword,
      locale: 'fr',
    });
  }
}

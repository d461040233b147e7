import { DefaultNamingStrategy } from 'typeorm';
import { snakeCase } from './rows.js';

/** Tables and columns in snake_case, the singular name of the entity. */
export class SnakeCaseNames extends DefaultNamingStrategy {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(className);
  }

  override columnName(propertyName: string, givenName: string, prefixes: string[]): string {
    return [...prefixes, givenName || propertyName].map(snakeCase).join('_');
  }
}

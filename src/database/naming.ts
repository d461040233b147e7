import { DefaultNamingStrategy } from 'typeorm';

/** Tables and columns in snake_case, the singular name of the entity. */
export class SnakeCaseNames extends DefaultNamingStrategy {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(className);
  }

  override columnName(propertyName: string, givenName: string, prefixes: string[]): string {
    return [...prefixes, givenName || propertyName].map(snakeCase).join('_');
  }
}

function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}

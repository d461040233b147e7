import { Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsISO4217CurrencyCode,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsTimeZone,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { LOCALES, type Locale } from '../accounts/actor.js';
import { AsNumber, AsTrimmed } from '../shared/input-fields.js';
import { PAGE_LIMIT } from '../shared/paging.js';

const AsCode = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toUpperCase() : value,
  );

/** What a client is, apart from its name. */
class ClientSettings {
  /** Any web address or host name; kept as its registrable domain. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) domain?: string | null;
  @IsOptional() @IsString() @IsTimeZone() timeZone?: string;
  @IsOptional() @IsIn(LOCALES) locale?: Locale;
  @IsOptional() @AsCode() @IsString() @IsISO31661Alpha2() country?: string;
  @IsOptional() @AsCode() @IsString() @IsISO4217CurrencyCode() currency?: string;
}

export class ClientInput extends ClientSettings {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name!: string;
}

export class ClientChangeInput extends ClientSettings {
  @IsOptional() @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name?: string;
  /** The version the writer saw; a newer one is not overwritten. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
}

export class SwitchInput {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) reason?: string;
}

export class ClientListInput {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

export interface ClientOutput {
  id: string;
  name: string;
  domain: string | null;
  timeZone: string;
  locale: string;
  country: string;
  currency: string;
  createdAt: Date;
  /** Set: nothing more goes out for this client, and its portal is read-only. */
  switchedOffAt: Date | null;
  version: number;
}

export function clientOutput(client: ClientOutput): ClientOutput {
  const { id, name, domain, timeZone, locale, country, currency, createdAt, switchedOffAt, version } = client;
  return { id, name, domain, timeZone, locale, country, currency, createdAt, switchedOffAt, version };
}

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
  IsUrl,
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

const WEB_PAGE = { protocols: ['https', 'http'], require_protocol: true };

/** What a client is, apart from its name. */
class ClientSettings {
  /** Any web address or host name; kept as its registrable domain. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) domain?: string | null;
  /** The name in the company register; messages that speak for the client give it. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) legalName?: string | null;
  /** Web page on what is done with people's data. */
  @IsOptional() @AsTrimmed() @IsUrl(WEB_PAGE) @MaxLength(500) privacyUrl?: string | null;
  /** Where the addresses come from, to follow « proviennent de … » and "come from …". */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) dataSourceFr?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) dataSourceEn?: string | null;
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
  legalName: string | null;
  privacyUrl: string | null;
  dataSourceFr: string | null;
  dataSourceEn: string | null;
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
  const { id, name, legalName, privacyUrl, dataSourceFr, dataSourceEn, domain } = client;
  const { timeZone, locale, country, currency, createdAt, switchedOffAt, version } = client;
  const notice = { legalName, privacyUrl, dataSourceFr, dataSourceEn };
  return {
    id,
    name,
    ...notice,
    domain,
    timeZone,
    locale,
    country,
    currency,
    createdAt,
    switchedOffAt,
    version,
  };
}

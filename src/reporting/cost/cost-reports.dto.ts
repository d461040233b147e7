import { IsIn, IsOptional, Matches } from 'class-validator';
import { LOCALES, type Locale } from '../../accounts/actor.js';
import { AsFlag } from '../../shared/input-fields.js';
import { type View, views } from '../report-request.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `?from=&to=`; without days, the client's running month. */
export class CostReportQuery {
  @IsOptional() @Matches(DAY) from?: string;
  @IsOptional() @Matches(DAY) to?: string;
}

/** As the report; `view` is that of the breakdowns (cohort when left out), `lang` left out is the reader's language, `bom` puts a byte order mark before a CSV. */
export class RoiFileQuery extends CostReportQuery {
  @IsOptional() @IsIn(views) view?: View;
  @IsOptional() @IsIn(LOCALES) lang?: Locale;
  @IsOptional() @AsFlag() bom?: boolean;
}

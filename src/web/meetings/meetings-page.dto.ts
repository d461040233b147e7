import { Transform } from 'class-transformer';
import {
  Allow,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type MeetingPile, meetingPiles } from '../../meetings/meeting.dto.js';
import { AsNumber, AsTrimmed } from '../../shared/input-fields.js';

/** A filter form sends its empty fields as well. */
const BlankIsNone = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

export class MeetingsPageQuery {
  @IsOptional() @IsIn(['table', 'week', 'month']) view?: 'table' | 'week' | 'month';
  @IsOptional() @IsIn(meetingPiles) pile?: MeetingPile;
  @BlankIsNone() @IsOptional() @IsUUID() client?: string;
  @BlankIsNone() @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) from?: string;
  @BlankIsNone() @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) to?: string;
  /** A day of the week or month shown. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) on?: string;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

/** A slot as people type it: a day and a wall-clock time of the client. */
class SlotForm {
  /** The doubtful time somebody was asked about and meant, as `slotKey` writes it. */
  @IsOptional() @IsString() @MaxLength(40) confirmed?: string;
  @Matches(/^\d{4}-\d{2}-\d{2}$/) @IsNotEmpty() day!: string;
  @Matches(/^\d{2}:\d{2}$/) @IsNotEmpty() time!: string;
  @IsOptional() @AsNumber() @IsInt() @Min(5) @Max(480) durationMinutes?: number;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) place?: string;
}

export class BookingForm extends SlotForm {
  @IsUUID() @IsNotEmpty() hostId!: string;
  /** A word of `wayBackTo`; any other is passed over. */
  @Allow() from?: unknown;
}

export class RescheduleForm extends SlotForm {
  @IsOptional() @IsUUID() hostId?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) reason?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
}

import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { type Channel, channels, type Outcome, outcomes } from '../../outreach/touches/outcomes.js';
import { AsTrimmed } from '../../shared/input-fields.js';

/** An action as its button names it: `call.no_answer`. */
export type Deed = `${Channel}.${string}`;

/** What somebody may say they did: what reached out to a person, by any way that reaches one. Calls come first. */
export const loggedDeeds: readonly {
  channel: Channel;
  deeds: readonly { deed: Deed; outcome: Outcome }[];
}[] = [...channels]
  .reverse()
  .filter((channel) => channel !== 'task')
  .map((channel) => ({
    channel,
    deeds: outcomes[channel]
      .filter(({ isAttempt }) => isAttempt)
      .map((outcome) => ({ deed: `${channel}.${outcome.key}` as const, outcome })),
  }));

/** An action that happened, as the record of a prospect sends it. */
export class TouchForm {
  @IsIn(loggedDeeds.flatMap(({ deeds }) => deeds.map(({ deed }) => deed))) deed!: Deed;
  /** On the agency's clock, as browsers send it; now when left out. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/) at?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(4000) note?: string;
  @IsOptional() @IsString() @MaxLength(64) clickKey?: string;
}

/** The fields of the form they share a page with are none of theirs. */
export const TOUCH_FIELDS = ['deed', 'at', 'note', 'clickKey'] as const;

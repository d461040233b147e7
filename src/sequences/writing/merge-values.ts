import { displayName } from '../../shared/display-name.js';
import type { MergeValues } from './merge-fields.js';

/** What a message may say of a person, as it stands in the prospect's and the company's rows. */
export interface MergeSource {
  firstName: string | null;
  lastName: string | null;
  fullName: string | null;
  title: string | null;
  companyName: string | null;
  companyDomain: string | null;
  city: string | null;
  /** ISO 3166 alpha-2. */
  country: string | null;
  industry: string | null;
  custom: Record<string, string> | null;
}

/** What the messages of a version say whoever reads them; `locale` is the language they are written in. */
export interface MessageContext {
  clientName: string;
  locale: string;
  /** The notice block; null while the client's record lacks something for it. */
  notice: string | null;
}

/** Fills the fields of a message; the country is written out in the language of the message. */
export function mergeValuesOf(
  person: MergeSource,
  context: MessageContext & { senderName: string },
): MergeValues {
  const { country, custom, ...fields } = person;
  return {
    ...fields,
    country: country && displayName('region', country, context.locale),
    senderName: context.senderName,
    clientName: context.clientName,
    notice: context.notice,
    custom: custom ?? {},
  };
}

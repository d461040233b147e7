import { Agency } from '../../accounts/agency.entity.js';
import type { Client } from '../../clients/client.entity.js';
import type { Db } from '../../database/db.js';
import type { MessageContext } from './merge-values.js';
import { type Notice, noticeOf } from './notice-block.js';

/** The notice as the client's record gives it today, in the language of the messages. */
export async function noticeFor(db: Db, client: Client, locale: string): Promise<Notice> {
  const agency = await db.entities.findOneBy(Agency, {});
  const { legalName, privacyUrl, dataSourceFr, dataSourceEn } = client;
  const source = locale === 'en' ? dataSourceEn : dataSourceFr;
  return noticeOf({ agencyName: agency?.name ?? '', legalName, privacyUrl, source }, locale);
}

/** What every message of a version says; one that was submitted keeps the notice it was submitted with. */
export async function messageContext(
  db: Db,
  client: Client,
  { locale, notice }: { locale: string; notice: string | null },
): Promise<MessageContext> {
  return { clientName: client.name, locale, notice: notice ?? (await noticeFor(db, client, locale)).text };
}

import { Agency } from './accounts/agency.entity.js';
import { ApiToken } from './accounts/api-token.entity.js';
import { AuditEntry } from './accounts/audit-entry.entity.js';
import { ClientAccess } from './accounts/client-access.entity.js';
import { IdempotencyKey } from './accounts/idempotency-key.entity.js';
import { Invitation } from './accounts/invitation.entity.js';
import { Session } from './accounts/session.entity.js';
import { User } from './accounts/user.entity.js';
import { Client } from './clients/client.entity.js';
import { Contact } from './clients/contact.entity.js';
import { Engagement, EngagementVersion } from './clients/engagement.entity.js';
import type { EntityClass } from './database/store.js';
import { Icp, IcpVersion } from './icp/icp.entity.js';
import { Meeting } from './meetings/meeting.entity.js';
import { IncomingMail } from './outreach/incoming-mail.entity.js';
import { Mailbox } from './outreach/mailbox.entity.js';
import { OutgoingMail } from './outreach/outgoing-mail.entity.js';
import { AnswerTemplate } from './outreach/answer-template.entity.js';
import { Lease } from './outreach/lease.entity.js';
import { Touch } from './outreach/touch.entity.js';
import { NoteDraft } from './prospects/note-draft.entity.js';
import { TaskSkip } from './sequences/task-skip.entity.js';
import { Activity, ActivityPending } from './prospects/activity.entity.js';
import { BulkAct, BulkActRow } from './prospects/bulk-act.entity.js';
import { Company } from './prospects/company.entity.js';
import { ErasedIdentity } from './prospects/erased-identity.entity.js';
import { ImportMapping } from './prospects/import/import-mapping.entity.js';
import { Import, ImportRow } from './prospects/import/import.entity.js';
import { List, ListMember } from './prospects/list.entity.js';
import { DuplicatePair, DuplicateSearch } from './prospects/merge/duplicate-pair.entity.js';
import { ProspectAlias, ProspectMerge } from './prospects/merge/prospect-merge.entity.js';
import { Prospect } from './prospects/prospect.entity.js';
import { SavedFilter } from './prospects/saved-filter.entity.js';
import { Suppression } from './prospects/suppression.entity.js';
import { IcpTrial, IcpTrialRow } from './prospects/trial/icp-trial.entity.js';
import { CostAssumption } from './reporting/cost-assumption.entity.js';
import { ProspectFunnel } from './reporting/prospect-funnel.entity.js';
import { Enrolment } from './sequences/enrolment.entity.js';
import { SequenceComment, SequenceEvent } from './sequences/sequence-event.entity.js';
import { SequenceTest } from './sequences/sequence-test.entity.js';
import { Sequence, SequenceVersion } from './sequences/sequence.entity.js';

/** Every table there is. */
export const ENTITIES: EntityClass[] = [
  Agency,
  User,
  ClientAccess,
  Session,
  ApiToken,
  Invitation,
  AuditEntry,
  IdempotencyKey,
  Client,
  Contact,
  Engagement,
  EngagementVersion,
  Icp,
  IcpVersion,
  Company,
  Prospect,
  ProspectMerge,
  ProspectAlias,
  DuplicatePair,
  DuplicateSearch,
  IcpTrial,
  IcpTrialRow,
  Activity,
  ActivityPending,
  List,
  ListMember,
  SavedFilter,
  BulkAct,
  BulkActRow,
  Suppression,
  Import,
  ImportRow,
  ImportMapping,
  ErasedIdentity,
  Touch,
  Lease,
  NoteDraft,
  TaskSkip,
  AnswerTemplate,
  OutgoingMail,
  Mailbox,
  IncomingMail,
  Sequence,
  SequenceVersion,
  SequenceTest,
  SequenceEvent,
  SequenceComment,
  Enrolment,
  Meeting,
  ProspectFunnel,
  CostAssumption,
];

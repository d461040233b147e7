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
import { IncomingMail } from './outreach/incoming/incoming-mail.entity.js';
import { Mailbox } from './outreach/mailboxes/mailbox.entity.js';
import { OutgoingMail } from './outreach/outgoing/outgoing-mail.entity.js';
import { AnswerTemplate } from './outreach/outgoing/answer-template.entity.js';
import { Lease } from './outreach/lease.entity.js';
import { Touch } from './outreach/touches/touch.entity.js';
import { NoteDraft } from './prospects/notes/note-draft.entity.js';
import { TaskSkip } from './sequences/steps/task-skip.entity.js';
import { Activity, ActivityPending } from './prospects/activity.entity.js';
import { BulkAct, BulkActRow } from './prospects/bulk-acts/bulk-act.entity.js';
import { Company } from './prospects/company.entity.js';
import { ErasedIdentity } from './prospects/suppression/erased-identity.entity.js';
import { ImportMapping } from './prospects/import/import-mapping.entity.js';
import { Import, ImportRow } from './prospects/import/import.entity.js';
import { List, ListMember } from './prospects/lists/list.entity.js';
import { DuplicatePair, DuplicateSearch } from './prospects/merge/duplicate-pair.entity.js';
import { ProspectAlias, ProspectMerge } from './prospects/merge/prospect-merge.entity.js';
import { Prospect } from './prospects/prospect.entity.js';
import { SavedFilter } from './prospects/lists/saved-filter.entity.js';
import { Suppression } from './prospects/suppression/suppression.entity.js';
import { IcpTrial, IcpTrialRow } from './prospects/trial/icp-trial.entity.js';
import { CostAssumption } from './reporting/cost/cost-assumption.entity.js';
import { ProspectFunnel } from './reporting/facts/prospect-funnel.entity.js';
import { ColleagueRelease } from './sequences/enrolments/colleague-release.entity.js';
import { ColleagueStop } from './sequences/enrolments/colleague-stop.entity.js';
import { Enrolment } from './sequences/enrolments/enrolment.entity.js';
import { SequenceComment, SequenceEvent } from './sequences/sequence-event.entity.js';
import { SequenceTest } from './sequences/test-segment/sequence-test.entity.js';
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
  ColleagueStop,
  ColleagueRelease,
  Meeting,
  ProspectFunnel,
  CostAssumption,
];

import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { OutreachModule } from '../../outreach/outreach.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { ApprovedTextsShelf } from '../approval/approved-texts.service.js';
import { BadNews } from './bad-news.service.js';
import { EngineClaims } from './engine-claims.service.js';
import { EngineDispatch } from './engine-dispatch.service.js';
import { EngineRecovery } from './engine-recovery.service.js';
import { Engine } from './engine.service.js';
import { AccountRule } from '../enrolments/account-rule.service.js';
import { EnrolmentPauses } from '../enrolments/enrolment-pauses.service.js';
import { MailCases } from './mail-case.service.js';
import { MailOutcomes } from './mail-outcomes.service.js';
import { NextMails } from './next-mails.queries.js';
import { OptOuts } from '../replies/opt-outs.service.js';
import { Outbox } from './outbox.queries.js';
import { OutboxController } from './outbox.controller.js';
import { RateWatch } from './rate-watch.service.js';
import { ReplyConsequences } from '../replies/reply-consequences.service.js';
import { ReplyEffects } from '../replies/reply-effects.service.js';
import { SequencesModule } from '../sequences.module.js';
import { UncertainMails } from './uncertain-mails.service.js';
import { WhyWaitings } from './why-waiting.queries.js';

/** What sends by itself, and what comes of it. */
@Module({
  imports: [AccountsModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [OutboxController],
  providers: [
    AccountRule,
    ApprovedTextsShelf,
    BadNews,
    Engine,
    EngineClaims,
    EngineDispatch,
    EngineRecovery,
    EnrolmentPauses,
    MailCases,
    MailOutcomes,
    NextMails,
    OptOuts,
    Outbox,
    RateWatch,
    ReplyConsequences,
    ReplyEffects,
    UncertainMails,
    WhyWaitings,
  ],
  exports: [Engine, OptOuts, Outbox, RateWatch, ReplyConsequences, ReplyEffects, UncertainMails, WhyWaitings],
})
export class EngineModule {}

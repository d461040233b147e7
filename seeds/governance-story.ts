import type { INestApplicationContext, Type } from '@nestjs/common';
import type { DateTime } from 'luxon';
import type { Actor } from '../src/accounts/actor.js';
import type { ClientInput } from '../src/clients/client.dto.js';
import { Approvals } from '../src/sequences/approval/approvals.service.js';
import { EnrolmentMigrations } from '../src/sequences/enrolments/enrolment-migrations.service.js';
import type { SequenceInput, StepInput } from '../src/sequences/sequence.dto.js';
import { SequenceCourse } from '../src/sequences/sequence-course.service.js';
import { SequenceTests } from '../src/sequences/test-segment/sequence-tests.service.js';
import { SequencesQueries } from '../src/sequences/sequences.queries.js';
import { Sequences } from '../src/sequences/sequences.service.js';
import { DomainError } from '../src/shared/errors.js';
import type { Agenda } from './agenda.js';
import { workdayBefore } from './teller.js';
import type { Account } from './cast.js';

/** Who writes, who decides, and who speaks for the client. */
export interface Voices {
  sdr: Actor;
  manager: Actor;
  portal: Actor;
}

/** Days before the engagement begins that its messages are written. */
export const WRITTEN_BEFORE = 12;

/** What every client's record needs for the notice of its messages. */
export function noticeOf({ client }: Account): Partial<ClientInput> {
  return {
    legalName: `${client.name} SAS`,
    privacyUrl: `https://www.${client.domain}/donnees-personnelles`,
    dataSourceFr: 'du site de votre entreprise et d’annuaires professionnels publics',
    dataSourceEn: 'your company’s website and public business directories',
  };
}

/** Too many big words, nothing asked: the kind of campaign that burns a list. */
const POMPOUS: StepInput[] = [
  {
    day: 0,
    channel: 'email',
    variants: [
      {
        subject: 'EXCELLENCE OPÉRATIONNELLE : une opportunité unique pour {{companyName}}',
        body: 'Cher {{firstName}},\n\nLeader incontesté de son secteur, {{clientName}} révolutionne vos processus grâce à une offre exceptionnelle et garantie !\n\nProfitez sans attendre de notre vision disruptive, saluée par les plus grands. Vos concurrents l’ont déjà compris !\n\nDans l’attente de vous compter parmi nos prestigieux partenaires,\n{{senderName}}\n\n{{notice}}',
      },
    ],
  },
  { day: 3, channel: 'call', variants: [{ body: 'Rappeler la vision, obtenir un rendez-vous.' }] },
];

/** A second campaign, on the desk this week. */
const AUTUMN: SequenceInput = {
  name: 'Relance après salon',
  steps: [
    {
      day: 0,
      channel: 'email',
      variants: [
        {
          subject: 'Suite au salon, {{firstName}}',
          body: 'Bonjour {{firstName}},\n\nNous nous sommes peut-être croisés au salon le mois dernier. {{clientName}} y présentait une façon simple de faire le point sur une installation en une demi-journée.\n\n{{#if city}}Nos équipes passent à {{city}} ce mois-ci. {{/if}}Est-ce le bon moment pour vous en parler dix minutes ?\n\n{{senderName}}, pour {{clientName}}\n\n{{notice}}',
        },
        {
          subject: 'Dix minutes, {{firstName}} ?',
          body: 'Bonjour {{firstName}},\n\nUne demi-journée suffit à {{clientName}} pour faire le point sur une installation et dire ce qui peut attendre. Trois sites de votre secteur l’ont demandé après le salon.\n\nVoulez-vous voir à quoi ressemble le compte rendu ?\n\n{{senderName}}, pour {{clientName}}\n\n{{notice}}',
        },
      ],
    },
    {
      day: 3,
      channel: 'linkedin_invite',
      variants: [{ body: 'Bonjour {{firstName}}, suite à mon message au sujet de {{companyName}}.' }],
    },
    { day: 6, channel: 'call', variants: [{ body: 'Demander si le compte rendu les intéresse.' }] },
  ],
};

/** How the messages of each client came to be approved, tested and launched. */
export class GovernanceStory {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly agenda: Agenda,
    private readonly account: Account,
    private readonly clientId: string,
    private readonly voices: Voices,
  ) {}

  /** Writes the account's sequence now; the rest of its way is put on the agenda. Gives its id. */
  async begin(startsOn: DateTime, today: DateTime): Promise<string> {
    const { sdr } = this.voices;
    const isBurnt = this.account.client.domain === 'nordia.example';
    const { name, steps } = this.account.sequence;
    const first = { name, steps: isBurnt ? POMPOUS : steps };
    const { sequence } = await this.get(Sequences).create(sdr, this.clientId, first);
    const id = sequence.id;
    this.at(startsOn.minus({ days: 11 }), 11, () => this.get(Approvals).submit(sdr, id));
    if (isBurnt) this.refuseAndRewrite(id, startsOn);
    this.approve(id, startsOn.minus({ days: 4 }));
    this.test(id, startsOn);
    if (isBurnt) this.sharpen(id, today);
    this.secondCampaign(today);
    return id;
  }

  /** The client stops the pompous version before it burns the list; the agency answers and starts again. */
  private refuseAndRewrite(id: string, startsOn: DateTime): void {
    const { sdr, portal } = this.voices;
    this.at(startsOn.minus({ days: 10 }), 15, async () => {
      const { version } = await this.get(SequencesQueries).one(sdr, id);
      const stepId = version.steps[0]!.id;
      const said = 'Personne ne parle ainsi chez nous. « Leader incontesté », nos clients vont rire.';
      await this.get(Approvals).comment(portal, id, { stepId, text: said });
      await this.get(Approvals).comment(portal, id, { stepId, text: 'Et l’objet en capitales, non.' });
      await this.get(Approvals).refuse(portal, id, {
        reason:
          'Trop pompeux. Notre dernière campagne écrite sur ce ton, jamais relue, a brûlé toute une liste.',
      });
    });
    this.at(startsOn.minus({ days: 7 }), 10, async () => {
      const stepId = (await this.get(SequencesQueries).one(sdr, id)).version.steps[0]!.id;
      const text = 'Entendu : nous repartons d’un fait et d’une seule question.';
      await this.get(Approvals).comment(sdr, id, { stepId, text });
      await this.get(Sequences).saveSteps(sdr, id, { steps: this.account.sequence.steps });
      await this.get(Approvals).submit(sdr, id);
    });
  }

  private approve(id: string, day: DateTime): void {
    const { manager, portal } = this.voices;
    this.at(day, 14, async () => {
      if (this.account.client.domain === 'helia.example') {
        const reason = `Validé par e-mail le ${day.toFormat('dd/MM')} par ${this.account.portal.name}.`;
        await this.get(Approvals).approve(manager, id, { reason });
        return;
      }
      await this.get(Approvals).comment(portal, id, { text: 'Sobre et clair, merci.' });
      await this.get(Approvals).approve(portal, id, {});
    });
  }

  private test(id: string, startsOn: DateTime): void {
    const { sdr, manager } = this.voices;
    const first = startsOn.weekday > 5 ? startsOn.plus({ days: 8 - startsOn.weekday }) : startsOn;
    this.at(first, 8, () =>
      this.get(SequenceTests).start(sdr, id, {
        size: 30,
        seed: this.account.client.domain,
        filter: { status: 'new', fit: 'fit' },
      }),
    );
    this.at(first.plus({ days: 8 }), 9, async () => {
      await this.get(SequenceTests).decide(manager, id, {
        decision: 'go',
        reason: 'Les adresses tiennent, le ton passe, et les premières réponses sont cordiales.',
      });
      await this.get(SequenceCourse).launch(manager, id);
    });
  }

  /** A later version of the last step: approved by the client, and those on their way go over to it. */
  private sharpen(id: string, today: DateTime): void {
    const { sdr, manager, portal } = this.voices;
    this.at(today.minus({ days: 34 }), 16, async () => {
      const { version } = await this.get(SequencesQueries).one(sdr, id);
      const steps = version.steps.map((step, index) =>
        index === version.steps.length - 1
          ? { ...step, variants: [{ body: 'Dernier appel : demander à quel moment le sujet reviendra.' }] }
          : step,
      );
      await this.get(Sequences).saveSteps(sdr, id, { steps });
      await this.get(Approvals).submit(sdr, id);
    });
    this.at(today.minus({ days: 31 }), 10, async () => {
      await this.get(Approvals).approve(portal, id, {});
      await this.get(EnrolmentMigrations).migrate(manager, id);
    });
  }

  /** This week's desk: one waits for the client, one is being tested, one came back from its test. */
  private secondCampaign(today: DateTime): void {
    const { sdr, manager, portal } = this.voices;
    const { domain } = this.account.client;
    let id = '';
    const write = async (steps: StepInput[]): Promise<void> => {
      id = (await this.get(Sequences).create(sdr, this.clientId, { name: AUTUMN.name, steps })).sequence.id;
      await this.get(Approvals).submit(sdr, id);
    };
    const lead = workdayBefore(today.minus({ days: 6 }));
    if (domain === 'nordia.example') {
      this.at(lead, 10, () => write(AUTUMN.steps));
      const asked = workdayBefore(today.minus({ days: 4 }));
      this.at(asked, 11, async () => {
        const stepId = (await this.get(SequencesQueries).one(sdr, id)).version.steps[0]!.id;
        const text = 'Étions-nous bien à ce salon ? Précisez lequel.';
        await this.get(Approvals).comment(portal, id, { stepId, text });
      });
      // The same day when the next is none of work.
      this.at(workdayBefore(today.minus({ days: 3 })), 17, async () => {
        const stepId = (await this.get(SequencesQueries).one(sdr, id)).version.steps[0]!.id;
        await this.get(Approvals).comment(sdr, id, { stepId, text: 'Global Industrie, à Lyon.' });
      });
      return;
    }
    const isBurnt = domain === 'helia.example';
    const began = workdayBefore(today.minus({ days: isBurnt ? 20 : 9 }));
    this.at(began, 9, async () => {
      await write(isBurnt ? POMPOUS : AUTUMN.steps);
      await this.get(Approvals).approve(manager, id, { reason: 'Accord donné au point hebdomadaire.' });
    });
    this.at(began, 10, () =>
      this.get(SequenceTests).start(sdr, id, {
        size: isBurnt ? 15 : 20,
        seed: 'salon',
        filter: { status: 'new' },
      }),
    );
    if (isBurnt)
      this.at(began.plus({ days: 9 }), 18, () =>
        this.get(SequenceTests).decide(manager, id, {
          decision: 'no_go',
          reason: 'Ton pompeux, aucune réponse utile. On garde la liste et on réécrit.',
        }),
      );
  }

  /** The past had its refusals too: a test with nobody left to draw stays a draft. */
  private at(day: DateTime, hour: number, act: () => Promise<unknown>): void {
    this.agenda.add(day.startOf('day').plus({ hours: hour, minutes: 20 }).toJSDate(), async () => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    });
  }

  private get<T>(service: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(service, { strict: false });
  }
}

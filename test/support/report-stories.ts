import { newId } from '../../src/shared/id.js';
import type { World } from './world.js';

/** A fact as a story tells it; `at` in days (with fractions) after the story began. */
export interface ToldFact {
  kind: string;
  day: number;
  userId?: string | null;
  from?: string;
  to?: string;
  channel?: string;
  result?: string;
  aboutId?: string;
  undoesId?: string;
  details?: Record<string, unknown>;
  id?: string;
}

const DAY = 86_400_000;

/** Writes clients, prospects, meetings and facts straight into the tables: what a report reads, without the ways there. */
export class ReportStory {
  readonly clientId = newId();
  readonly engagementId = newId();
  readonly hostId = newId();
  constructor(
    private readonly world: World,
    readonly start: Date,
  ) {}

  at(day: number): Date {
    return new Date(this.start.getTime() + Math.round(day * DAY));
  }

  async open(
    startsOn: string,
    timeZone = 'Europe/Paris',
    targets = { held: 8, qualified: 5 },
  ): Promise<this> {
    const createdAt = this.start;
    await this.world.database.write(async ({ entities }) => {
      await entities.insert('Client', {
        id: this.clientId,
        name: 'Métallerie Roux',
        timeZone,
        locale: 'fr',
        country: 'FR',
        createdAt,
      });
      const contact = { id: this.hostId, clientId: this.clientId, name: 'Paul Roux', createdAt };
      await entities.insert('Contact', contact);
    });
    await this.engagement(startsOn, this.engagementId, targets);
    return this;
  }

  async engagement(startsOn: string, id = newId(), targets = { held: 8, qualified: 5 }): Promise<string> {
    await this.world.database.write(async ({ entities }) => {
      await entities.insert('Engagement', { id, clientId: this.clientId, startsOn, createdAt: this.start });
      await entities.insert('EngagementVersion', {
        id: newId(),
        engagementId: id,
        version: 1,
        appliesFromOn: startsOn,
        price: {},
        targets,
        qualificationCriteria: [],
        acceptanceDays: 5,
        createdAt: this.start,
      });
    });
    return id;
  }

  async sequence(name: string): Promise<string> {
    const id = newId();
    const row = { id, clientId: this.clientId, name, state: 'live', createdAt: this.start };
    await this.world.database.write(({ entities }) => entities.insert('Sequence', row));
    return id;
  }

  /** An ICP with one version; gives the version's id, which prospects keep. */
  async icp(name: string): Promise<string> {
    const [id, versionId] = [newId(), newId()];
    await this.world.database.write(async ({ entities }) => {
      await entities.insert('Icp', { id, clientId: this.clientId, name, createdAt: this.start });
      await entities.insert('IcpVersion', {
        id: versionId,
        icpId: id,
        version: 1,
        criteria: {},
        createdAt: this.start,
      });
    });
    return versionId;
  }

  async prospect(
    name: string,
    facts: ToldFact[],
    more: { icpVersionId?: string; fit?: string } = {},
  ): Promise<string> {
    const id = newId();
    const [createdAt, sortName] = [this.start, name.toLowerCase()];
    const moments = { statusAt: createdAt, createdAt, updatedAt: createdAt, lastActivityAt: createdAt };
    await this.world.database.write(async ({ entities }) => {
      await entities.insert('Prospect', {
        ...{ id, clientId: this.clientId, fullName: name, sortName, companySort: 'x', searchText: sortName },
        ...{ source: 'import', ...moments, ...more },
      });
    });
    await this.tell(id, facts);
    return id;
  }

  async tell(prospectId: string, facts: ToldFact[]): Promise<void> {
    await this.world.database.write(async ({ entities }) => {
      for (const { day, from, to, ...fact } of facts) {
        const row = {
          id: newId(),
          clientId: this.clientId,
          prospectId,
          at: this.at(day),
          recordedAt: this.at(day),
        };
        await entities.insert('Activity', {
          ...row,
          fromStatus: from ?? null,
          toStatus: to ?? null,
          ...fact,
        });
      }
      await entities.upsert('ActivityPending', { prospectId }, ['prospectId']);
    });
  }

  /** A meeting row with the facts of it. */
  async meeting(
    prospectId: string,
    of: {
      bookedDay: number;
      startsDay: number;
      state: string;
      qualification?: string;
      channel?: string | null;
      userId?: string;
    },
  ): Promise<string> {
    const id = newId();
    const [startsAt, bookedAt] = [this.at(of.startsDay), this.at(of.bookedDay)];
    const qualification = of.qualification ?? 'none';
    await this.world.database.write(({ entities }) =>
      entities.insert('Meeting', {
        ...{ id, clientId: this.clientId, prospectId, engagementId: this.engagementId, hostId: this.hostId },
        ...{ startsAt, endsAt: startsAt, originalStartsAt: startsAt, bookedAt, stateAt: bookedAt },
        ...{
          state: of.state,
          qualification,
          attribution: { isAttributed: true, channel: of.channel ?? null },
        },
      }),
    );
    const fact = { aboutId: id, userId: of.userId ?? null };
    const facts: ToldFact[] = [
      {
        ...fact,
        kind: 'meeting.booked',
        day: of.bookedDay,
        details: { startsAt: startsAt.toISOString() },
        ...(of.channel ? { channel: of.channel } : {}),
      },
    ];
    if (of.state !== 'booked') facts.push({ ...fact, kind: `meeting.${of.state}`, day: of.startsDay + 0.1 });
    if (qualification !== 'none') facts.push({ ...fact, kind: 'meeting.claimed', day: of.startsDay + 0.2 });
    if (qualification !== 'none' && qualification !== 'claimed') {
      facts.push({ ...fact, kind: `meeting.${qualification}`, day: of.startsDay + 2 });
    }
    await this.tell(prospectId, facts);
    return id;
  }
}

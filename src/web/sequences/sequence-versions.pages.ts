import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { EnrolmentMigrations } from '../../sequences/enrolments/enrolment-migrations.service.js';
import { SequenceStories } from '../../sequences/sequence-story.queries.js';
import { historyView } from './approval.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { SequenceScreen } from './sequence-screen.service.js';
import { migrationView, versionsView } from './sequence-versions.view.js';

/** The versions of a sequence: what differs between two of them, who is on which, and who goes over to the new one. */
@AllowAgency()
@Controller('sequences/:id')
export class SequenceVersionsPages {
  constructor(
    private readonly stories: SequenceStories,
    private readonly migrations: EnrolmentMigrations,
    private readonly screen: SequenceScreen,
  ) {}

  @Get('versions')
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() query: { from?: string; to?: string },
  ): Promise<PageResponse> {
    const { sequence, client, head } = await this.screen.ground(page, actor, id, 'versions');
    const versions = await this.stories.versions(actor, id);
    return page.show('sequences/versions', {
      title: `${page.t('governance.tabs.versions')} · ${sequence.name}`,
      head,
      id,
      ...versionsView(page, sequence, versions, { ...query, zone: client.timeZone }),
      history: historyView(page, await this.stories.events(actor, id), client.timeZone),
    });
  }

  @Get('migration')
  async preview(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const { sequence, head } = await this.screen.ground(page, actor, id, 'versions');
    const isPossible = sequence.approvedVersion !== null;
    const preview = isPossible ? await this.migrations.preview(actor, id) : null;
    return page.show('sequences/migration', {
      title: `${page.t('governance.migration.title')} · ${sequence.name}`,
      head,
      id,
      migration: preview && migrationView(page, preview),
    });
  }

  @Post('migration')
  async migrate(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() _form: Form,
  ): Promise<PageResponse> {
    const { moved, stayed, version } = await this.migrations.migrate(actor, id);
    return page.redirect(`/sequences/${id}/versions`, {
      key: 'governance.migration.done',
      params: { moved, stayed, version },
    });
  }
}

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { DecisionInput, TestInput } from '../../sequences/test-segment/sequence-test.dto.js';
import { SequenceTests } from '../../sequences/test-segment/sequence-tests.service.js';
import { skippedView } from './enrolment.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { SequenceScreen } from './sequence-screen.service.js';
import { SequenceTestReadings } from './sequence-test-readings.service.js';
import { testPage } from './sequence-test.view.js';

/** Trying a sequence on a sample: the draw, what came of it, the GO or NO-GO. */
@AllowAgency()
@Controller('sequences/:id')
export class SequenceTestPages {
  constructor(
    private readonly tests: SequenceTests,
    private readonly readings: SequenceTestReadings,
    private readonly screen: SequenceScreen,
  ) {}

  @Get('test')
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.draw(page, actor, id);
  }

  @Post('test')
  start(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      TestInput,
      form,
      async (input) => {
        const { enrolled, skipped } = await this.tests.start(actor, id, input);
        if (skipped.length === 0)
          return page.redirect(`/sequences/${id}/test`, {
            key: 'governance.test.started',
            params: { n: enrolled },
          });
        const { client, head } = await this.screen.ground(page, actor, id, 'test');
        return page.show('sequences/enrolled', {
          title: page.t('governance.tabs.test'),
          frame: head.frame,
          id,
          backHref: `/sequences/${id}/test`,
          done: page.t('governance.test.started', { n: enrolled }),
          ...skippedView(page, client.timeZone, skipped),
        });
      },
      (refused, status) => this.draw(page, actor, id, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post('decide')
  decide(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      DecisionInput,
      form,
      async (input) => {
        await this.tests.decide(actor, id, input);
        return page.redirect(`/sequences/${id}`, { key: `governance.moved.${input.decision}` });
      },
      (refused, status) => this.draw(page, actor, id, refused, status),
    );
  }

  private async draw(
    page: Page,
    actor: Actor,
    id: string,
    refused: Refused = NOTHING_REFUSED,
    status?: number,
  ): Promise<PageResponse> {
    const ground = await this.screen.ground(page, actor, id, 'test');
    const model = {
      title: `${page.t('governance.tabs.test')} · ${ground.sequence.name}`,
      head: ground.head,
      ...testPage(page, { ...ground, ...(await this.readings.of(actor, id, ground.client.id)), refused }),
    };
    return page.show('sequences/test', model, status === undefined ? {} : { status });
  }
}

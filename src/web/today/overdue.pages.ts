import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { MOST_SKIPPED, TaskSkips } from '../../sequences/steps/task-skips.service.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { OVERDUE_DAYS, SkipForm } from './today.dto.js';
import { scopeOf } from './today-screen.service.js';

/** Work that has been due for days, passed over in one go with a reason. */
@AllowAgency()
@Controller('today/overdue')
export class OverduePages {
  constructor(private readonly skips: TaskSkips) {}

  /** How many steps each choice would pass over, before anything is done. */
  @Get()
  choose(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() { of }: Record<string, string>,
  ): Promise<PageResponse> {
    return this.draw(actor, page, of, NOTHING_REFUSED);
  }

  @Post()
  skip(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      SkipForm,
      form,
      async ({ days, of, reason }) => {
        const { id, skipped } = await this.skips.skip(actor, { days, scope: scopeOf(of) }, reason);
        const back = scopeOf(of) === 'team' ? '/today?of=team' : '/today';
        return page.redirect(back, {
          key: 'today.overdue.done',
          params: { n: skipped },
          ...(skipped > 0 ? { undo: `/today/undo/skips/${id}` } : {}),
        });
      },
      (refused, status) => this.draw(actor, page, form['of'], refused, status),
    );
  }

  private async draw(
    actor: Actor,
    page: Page,
    of: unknown,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const scope = scopeOf(of);
    const counts = await Promise.all(OVERDUE_DAYS.map((days) => this.skips.count(actor, { days, scope })));
    const chosen = Number(refused.values['days'] ?? mostUsual(counts));
    const choices = OVERDUE_DAYS.map((days, at) => ({
      days,
      n: counts[at]!,
      text: page.t('today.overdue.choice', { days, n: counts[at]! }),
      isChosen: days === chosen,
      isNone: counts[at] === 0,
    }));
    const model = {
      title: page.t('today.overdue.title'),
      scope,
      isTeam: scope === 'team',
      choices,
      isNothing: choices[0]!.n === 0,
      isMany: choices[0]!.n > MOST_SKIPPED,
      many: page.t('today.overdue.many', { most: MOST_SKIPPED }),
      reason: refused.values['reason'] ?? '',
      errors: refused.errors,
      problem: refused.problem,
      backHref: scope === 'team' ? '/today?of=team' : '/today',
    };
    return page.show('today/overdue', model, { status });
  }
}

/** A week, or the longest below it that anything has been due for: what nobody could pick is not picked for them. */
function mostUsual(counts: readonly number[]): number | undefined {
  return OVERDUE_DAYS.filter((days, at) => days <= 7 && counts[at]! > 0).at(-1);
}

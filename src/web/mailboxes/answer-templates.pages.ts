import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { type Actor, LOCALES } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { AnswerTemplates } from '../../outreach/outgoing/answer-templates.service.js';
import { mergeFields } from '../../sequences/writing/merge-fields.js';
import { readTemplate } from '../../sequences/writing/read-template.js';
import { InvalidInput } from '../../shared/errors.js';
import { AnswerTemplateForm } from './answer-template.dto.js';
import { errorSummary, fieldMaker, NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

/** Ready answers, for all who answer. */
@Allow('admin', 'manager')
@Controller('settings/answers')
export class AnswerTemplatePages {
  constructor(private readonly templates: AnswerTemplates) {}

  @Get()
  list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    return this.draw(actor, page, NOTHING_REFUSED);
  }

  @Post()
  add(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      AnswerTemplateForm,
      form,
      async (input) => {
        const [problem] = readTemplate(input.body).problems;
        if (problem) throw new InvalidInput({ body: 'invalid' });
        await this.templates.add(actor, input);
        return page.redirect('/settings/answers', { key: 'settings.answers.added' });
      },
      (refused, status) => this.draw(actor, page, refused, status),
    );
  }

  @Post(':id/drop')
  async drop(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.templates.drop(actor, id);
    return page.redirect('/settings/answers', { key: 'settings.answers.dropped' });
  }

  private async draw(actor: Actor, page: Page, refused: Refused, status = 200): Promise<PageResponse> {
    const templates = await this.templates.list(actor);
    const values = { locale: page.locale, ...refused.values };
    const make = fieldMaker(page, 'settings.answers.fields', { ...refused, values });
    const fields = {
      name: make('name', { isRequired: true }),
      locale: make('locale', {
        type: 'select',
        isRequired: true,
        options: LOCALES.map((locale) => ({
          value: locale,
          label: page.t(`settings.answers.languages.${locale}`),
        })),
      }),
      body: make('body', {
        type: 'lines',
        rows: 7,
        isRequired: true,
        hint: page.t('settings.answers.fieldsHint', {
          fields: mergeFields.map((field) => `{{${field}}}`).join(' '),
        }),
      }),
    };
    const model = {
      title: page.t('settings.answers.title'),
      frame: settingsFrame(page, 'answers'),
      templates: templates.map(({ id, name, locale, body }) => ({
        name,
        locale: page.t(`settings.answers.languages.${locale}`),
        body,
        drop: `/settings/answers/${id}/drop`,
      })),
      fields,
      summary: errorSummary(refused, Object.values(fields)),
    };
    return page.show('settings/answers', model, { status });
  }
}

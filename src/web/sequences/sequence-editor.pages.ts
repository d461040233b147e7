import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { SequenceChangeInput, SequenceInput } from '../../sequences/sequence.dto.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { Sequences } from '../../sequences/sequences.service.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { draftOf, inputOf, readDraft, starterDraft } from './sequence-draft.js';
import { EditorScreen } from './sequence-editor-screen.service.js';

/** Writing the steps, with a preview on a real prospect. The buttons that add and move steps work without scripts. */
@AllowAgency()
@Controller()
export class SequenceEditorPages {
  constructor(
    private readonly sequences: Sequences,
    private readonly queries: SequencesQueries,
    private readonly screen: EditorScreen,
  ) {}

  @Get('clients/:id/sequences/new')
  start(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.screen.draw(page, actor, { clientId: id, written: null, draft: starterDraft });
  }

  @Post('clients/:id/sequences')
  create(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const desk = { clientId: id, written: null, draft: readDraft(form) };
    if (isButton(form['op'])) return this.screen.press(page, actor, desk, form['op']);
    return page.submit(
      SequenceInput,
      inputOf(desk.draft),
      async (input) => {
        const { sequence } = await this.sequences.create(actor, id, input);
        return page.redirect(`/sequences/${sequence.id}`, {
          key: 'sequences.saved',
          params: { name: sequence.name },
        });
      },
      (refused, status) => this.screen.draw(page, actor, desk, refused, status),
    );
  }

  @Get('sequences/:id/edit')
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const written = await this.queries.one(actor, id);
    const { clientId } = written.sequence;
    return this.screen.draw(page, actor, { clientId, written, draft: draftOf(written) }, NOTHING_REFUSED);
  }

  @Post('sequences/:id')
  async save(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const written = await this.queries.one(actor, id);
    const desk = { clientId: written.sequence.clientId, written, draft: readDraft(form) };
    if (isButton(form['op'])) return this.screen.press(page, actor, desk, form['op']);
    return page.submit(
      SequenceChangeInput,
      inputOf(desk.draft),
      async (input) => {
        const { sequence } = await this.sequences.saveSteps(actor, id, input);
        const isNew = sequence.version > written.sequence.version;
        return page.redirect(`/sequences/${id}`, {
          key: isNew ? 'sequences.savedVersion' : 'sequences.saved',
          params: { name: sequence.name, version: sequence.version },
        });
      },
      (refused, status) => this.screen.draw(page, actor, desk, refused, status),
    );
  }

  /** The texts of the form, as somebody would read them; faulty ones come out as far as they can be read. */
  @Post('clients/:id/sequences/preview')
  preview(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const desk = { clientId: id, written: null, draft: readDraft(form) };
    return this.screen.drawPreview(page, actor, desk, isButton(form['op']) ? form['op'] : '');
  }
}

/** The editor's own buttons send `op`; the one that saves does not. */
const isButton = (op: unknown): op is string => typeof op === 'string' && op !== '';

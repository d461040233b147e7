import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { Previews } from '../sequences/previews.queries.js';
import { SequenceChangeInput, SequenceInput } from '../sequences/sequence.dto.js';
import { SequencesQueries } from '../sequences/sequences.queries.js';
import { Sequences, type WrittenSequence } from '../sequences/sequences.service.js';
import { clientFrame } from './client-frame.view.js';
import { CurrentPage } from './rendering/page.decorator.js';
import type { Form, Page, Refused } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';
import {
  draftOf,
  editDraft,
  inputOf,
  readDraft,
  type SequenceDraft,
  starterDraft,
} from './sequence-draft.js';
import { editorView, previewView } from './sequence-editor.view.js';

const NOTHING: Refused = { values: {}, errors: {}, problem: '' };

/** Writing the steps, with a preview on a real prospect. The buttons that add and move steps work without scripts. */
@AllowAgency()
@Controller()
export class SequenceEditorPages {
  constructor(
    private readonly sequences: Sequences,
    private readonly queries: SequencesQueries,
    private readonly previews: Previews,
    private readonly clients: ClientQueries,
  ) {}

  @Get('clients/:id/sequences/new')
  start(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.draw(page, actor, id, null, starterDraft, NOTHING);
  }

  @Post('clients/:id/sequences')
  create(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const draft = readDraft(form);
    if (isButton(form['op'])) return this.draw(page, actor, id, null, editDraft(draft, form['op']), NOTHING);
    return page.submit(
      SequenceInput,
      inputOf(draft),
      async (input) => {
        const { sequence } = await this.sequences.create(actor, id, input);
        return page.redirect(`/sequences/${sequence.id}`, {
          key: 'sequences.saved',
          params: { name: sequence.name },
        });
      },
      (refused, status) => this.draw(page, actor, id, null, draft, refused, status),
    );
  }

  @Get('sequences/:id/edit')
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const written = await this.queries.one(actor, id);
    return this.draw(page, actor, written.sequence.clientId, written, draftOf(written), NOTHING);
  }

  @Post('sequences/:id')
  async save(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const written = await this.queries.one(actor, id);
    const { clientId } = written.sequence;
    const draft = readDraft(form);
    if (isButton(form['op']))
      return this.draw(page, actor, clientId, written, editDraft(draft, form['op']), NOTHING);
    return page.submit(
      SequenceChangeInput,
      inputOf(draft),
      async (input) => {
        const { sequence } = await this.sequences.saveSteps(actor, id, input);
        const key =
          sequence.version > written.sequence.version ? 'sequences.savedVersion' : 'sequences.saved';
        return page.redirect(`/sequences/${id}`, {
          key,
          params: { name: sequence.name, version: sequence.version },
        });
      },
      (refused, status) => this.draw(page, actor, clientId, written, draft, refused, status),
    );
  }

  /** The texts of the form, as somebody would read them; faulty ones come out as far as they can be read. */
  @Post('clients/:id/sequences/preview')
  async preview(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const draft = readDraft(form);
    const preview = await this.previews.render(actor, id, textsOf(draft), draft.prospectId || undefined);
    return page.fragment('sequences/preview', {
      preview: previewView(page, draft, preview?.messages ?? null),
    });
  }

  private async draw(
    page: Page,
    actor: Actor,
    clientId: string,
    written: WrittenSequence | null,
    draft: SequenceDraft,
    refused: Refused,
    status?: number,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const preview = await this.previews.render(
      actor,
      clientId,
      textsOf(draft),
      draft.prospectId || undefined,
    );
    const home = `/clients/${clientId}/sequences`;
    const back = written ? `/sequences/${written.sequence.id}` : home;
    const editor = editorView(
      page,
      { ...draft, prospectId: preview?.person.id ?? '' },
      {
        action: back,
        previewAction: `${home}/preview`,
        cancel: back,
        notes: written ? await this.notes(page, written) : [],
        errors: refused.errors,
        problem: refused.problem,
        samples: await this.previews.samples(actor, clientId),
        messages: preview?.messages ?? null,
        customFields: await this.previews.customFields(actor, clientId),
      },
    );
    const heading = written
      ? page.t('sequences.editor.edit', { name: written.sequence.name })
      : page.t('sequences.editor.new');
    const trail = [{ href: home, label: page.t('sequences.title') }];
    const model = {
      title: heading,
      editor,
      frame: clientFrame(page, client, 'sequences', { heading, trail }),
    };
    return page.show('sequences/edit', model, status === undefined ? {} : { status });
  }

  private async notes(page: Page, { sequence, version }: WrittenSequence): Promise<string[]> {
    if (sequence.state === 'submitted' || sequence.state === 'approved')
      return [page.t('sequences.editor.approvalNote')];
    const isUsed = version.approvedAt !== null || (await this.queries.isUsed(version.id));
    return isUsed ? [page.t('sequences.editor.versionNote', { next: version.version + 1 })] : [];
  }
}

function textsOf(draft: SequenceDraft): { subject?: string; body: string }[] {
  return draft.steps.flatMap(({ channel, variants }) =>
    variants.map(({ subject, body }) => (channel === 'email' ? { subject, body } : { body })),
  );
}

/** The editor's own buttons send `op`; the one that saves does not. */
const isButton = (op: unknown): op is string => typeof op === 'string' && op !== '';

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Enrolments } from '../../sequences/enrolments/enrolments.service.js';
import {
  type Coverage,
  type Preview,
  type PreviewWish,
  Previews,
} from '../../sequences/writing/previews.queries.js';
import type { WrittenSequence } from '../../sequences/sequence-loading.queries.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { checkSteps } from '../../sequences/writing/step-check.js';
import { type FieldProblems, InvalidInput } from '../../shared/errors.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { textsOf } from './message.view.js';
import { noticeGapsView } from './notice-gaps.view.js';
import type { Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { type Echo, echoOf, SILENCE } from './editor-echo.view.js';
import { editDraft, type SequenceDraft } from './sequence-draft.js';
import { editorView, type PaneSource, previewView } from './sequence-editor.view.js';

/** What lies on the desk: a new sequence (`written` null) or one that is changed, and the draft of it. */
export interface Desk {
  clientId: string;
  written: WrittenSequence | null;
  draft: SequenceDraft;
  /** What the button just pressed did. */
  echo?: Echo;
}

/** Draws the editor and the pane beside it. */
@Injectable()
export class EditorScreen {
  constructor(
    private readonly queries: SequencesQueries,
    private readonly previews: Previews,
    private readonly enrolments: Enrolments,
    private readonly clients: ClientQueries,
  ) {}

  /** A button of the editor was pressed. `person:<id>` steps on to another reader of the preview. */
  press(page: Page, actor: Actor, desk: Desk, op: string): Promise<PageResponse> {
    const draft = readerChosen(editDraft(desk.draft, op), op);
    return this.draw(page, actor, { ...desk, draft, echo: echoOf(page, desk.draft, draft, op) });
  }

  async drawPreview(page: Page, actor: Actor, desk: Desk, op: string): Promise<PageResponse> {
    const pane = await this.pane(page, actor, { ...desk, draft: readerChosen(desk.draft, op) });
    return page.fragment('sequences/preview', { pane: previewView(page, pane, previewOf(desk)) });
  }

  async draw(
    page: Page,
    actor: Actor,
    desk: Desk,
    refused: Refused = NOTHING_REFUSED,
    status?: number,
  ): Promise<PageResponse> {
    const { clientId, written } = desk;
    const client = await this.clients.get(actor, clientId);
    const pane = await this.pane(page, actor, desk);
    const home = `/clients/${clientId}/sequences`;
    const back = written ? `/sequences/${written.sequence.id}` : home;
    const editor = editorView(page, pane, {
      action: back,
      previewAction: previewOf(desk),
      cancel: back,
      notes: written ? await this.notes(page, written) : [],
      refused,
      echo: desk.echo ?? SILENCE,
      locale: pane.draft.locale || client.locale,
      lists: await this.enrolments.listsOf(actor, clientId),
      customFields: await this.previews.customFields(actor, clientId),
      noticeGaps: noticeGapsView(
        page,
        clientId,
        await this.previews.noticeGaps(actor, clientId, pane.draft.locale || client.locale),
      ),
    });
    const heading = written
      ? page.t('sequences.editor.edit', { name: written.sequence.name })
      : page.t('sequences.editor.new');
    const trail = [{ href: home, label: page.t('sequences.title') }];
    const frame = clientFrame(page, client, 'sequences', { heading, trail });
    return page.show(
      'sequences/edit',
      { title: heading, editor, frame },
      status === undefined ? {} : { status },
    );
  }

  private async pane(page: Page, actor: Actor, { clientId, draft }: Desk): Promise<PaneSource> {
    const wish: PreviewWish = {
      texts: textsOf(asSteps(draft)),
      prospectId: draft.prospectId || undefined,
      listId: draft.listId || undefined,
      ...(draft.locale === '' ? {} : { locale: draft.locale }),
    };
    const samples = await this.previews.samples(actor, clientId, { listId: wish.listId, limit: 50 });
    const isThere = samples.some(({ id }) => id === draft.prospectId);
    // Another list was chosen: its first person reads.
    if (wish.listId !== undefined && !isThere) wish.prospectId = samples[0]?.id;
    const preview: Preview | null = await this.previews.render(actor, clientId, wish);
    const coverage: Coverage = await this.previews.coverage(actor, clientId, wish);
    const problems = faultsOf(draft, await this.previews.customFields(actor, clientId));
    const { '': blank, ...faults } = problems;
    return {
      draft: { ...draft, prospectId: preview?.person.id ?? '' },
      messages: preview?.messages ?? null,
      samples,
      coverage,
      faults: page.refused({}, new InvalidInput(faults)).errors,
      isUnwritten: blank !== undefined,
    };
  }

  private async notes(page: Page, { sequence, version }: WrittenSequence): Promise<string[]> {
    const isShown = version.submittedAt !== null || version.approvedAt !== null;
    if (!isShown && !(await this.queries.isUsed(version.id))) return [];
    const next = version.version + 1;
    const note = page.t('sequences.editor.versionNote', { next });
    return version.state === 'submitted' || sequence.state === 'approved'
      ? [note, page.t('sequences.editor.approvalNote')]
      : [note];
  }
}

/** A draft's steps as previews read them: whatever is typed for the day counts as one. */
export function asSteps({ steps }: SequenceDraft) {
  return steps.map(({ id, day, channel, variants }) => ({ id, day: Number(day) || 0, channel, variants }));
}

/** What is wrong with the texts; `''` when one of them is blank, which is no fault while it is being written. */
function faultsOf(draft: SequenceDraft, columns: readonly string[]): FieldProblems {
  const inTexts = Object.entries(checkSteps(asSteps(draft), columns)).filter(([path]) =>
    path.includes('.variants.'),
  );
  return Object.fromEntries(
    inTexts.map(([path, problem]) => (problem === 'isNotEmpty' ? ['', problem] : [path, problem])),
  );
}

const previewOf = ({ clientId }: Desk): string => `/clients/${clientId}/sequences/preview`;

function readerChosen(draft: SequenceDraft, op: string): SequenceDraft {
  return op.startsWith('person:') ? { ...draft, prospectId: op.slice('person:'.length) } : draft;
}

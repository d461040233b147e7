import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ApprovalInput, CommentsInput, RefusalInput } from '../../sequences/approval/approval.dto.js';
import { Approvals } from '../../sequences/approval/approvals.service.js';
import { InvalidInput } from '../../shared/errors.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { typedComments } from './typed-comments.js';

/** Where the words on a sequence are given: in the client's portal, or with the agency. */
export interface ReadingPlace {
  id: string;
  /** Where to go on once it was answered, and how the flash says so. */
  home: string;
  approved: string;
  refused: string;
  /** Where the remarks stand. */
  remarks: string;
  redraw: (refused: Refused, status: number) => Promise<PageResponse>;
}

/**
 * The form around the texts of a sequence, the same on either side: whichever of its buttons is pressed, all that was
 * typed in it comes along.
 */
@Injectable()
export class ApprovalForms {
  constructor(private readonly approvals: Approvals) {}

  /**
   * A remark nobody pressed "Send" for may be meant to hold the approval back, and so may changes a client began to
   * ask for: that is asked first.
   */
  approve(actor: Actor, page: Page, form: Form, place: ReadingPlace): Promise<PageResponse> {
    const { answer, isSure } = readAnswer(form);
    return page.submit(
      ApprovalInput,
      answer,
      async (input) => {
        const hasWords =
          input.comments !== undefined || (actor.role === 'client' && input.reason !== undefined);
        if (hasWords && !isSure)
          throw new InvalidInput({ comments: 'sequences.commentsUnsent' }, 'sequences.commentsUnsent');
        const { name } = await this.approvals.approve(actor, place.id, input);
        return page.redirect(place.home, { key: place.approved, params: { name } });
      },
      place.redraw,
    );
  }

  refuse(actor: Actor, page: Page, form: Form, place: ReadingPlace): Promise<PageResponse> {
    return page.submit(
      RefusalInput,
      readAnswer(form).answer,
      async (input) => {
        const { name } = await this.approvals.refuse(actor, place.id, input);
        return page.redirect(place.home, { key: place.refused, params: { name } });
      },
      place.redraw,
    );
  }

  comment(actor: Actor, page: Page, form: Form, place: ReadingPlace): Promise<PageResponse> {
    return page.submit(
      CommentsInput,
      { comments: typedComments(form) },
      async ({ comments }) => {
        await this.approvals.commentAll(actor, place.id, comments);
        const { reason } = form;
        // What was begun in the other field is not sent with the remarks, and is not lost by them.
        return typeof reason === 'string' && reason.trim() !== ''
          ? place.redraw({ ...NOTHING_REFUSED, values: { reason } }, 200)
          : page.redirect(place.remarks, { key: 'governance.commented' });
      },
      (refused, status) => place.redraw({ ...refused, values: { ...form, ...refused.values } }, status),
    );
  }
}

function readAnswer({ sure, ...form }: Form): { answer: Form; isSure: boolean } {
  return { answer: { ...form, comments: typedComments(form) }, isSure: sure === 'yes' };
}

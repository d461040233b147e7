import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ApprovalInput, CommentInput, RefusalInput } from '../../sequences/approval/approval.dto.js';
import { Approvals } from '../../sequences/approval/approvals.service.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

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

/** The three forms below the texts of a sequence, the same on either side. */
@Injectable()
export class ApprovalForms {
  constructor(private readonly approvals: Approvals) {}

  approve(actor: Actor, page: Page, form: Form, place: ReadingPlace): Promise<PageResponse> {
    return page.submit(
      ApprovalInput,
      form,
      async (input) => {
        const { name } = await this.approvals.approve(actor, place.id, input);
        return page.redirect(place.home, { key: place.approved, params: { name } });
      },
      place.redraw,
    );
  }

  refuse(actor: Actor, page: Page, form: Form, place: ReadingPlace): Promise<PageResponse> {
    return page.submit(
      RefusalInput,
      form,
      async (input) => {
        const { name } = await this.approvals.refuse(actor, place.id, input);
        return page.redirect(place.home, { key: place.refused, params: { name } });
      },
      place.redraw,
    );
  }

  comment(actor: Actor, page: Page, form: Form, place: ReadingPlace): Promise<PageResponse> {
    return page.submit(
      CommentInput,
      form,
      async (input) => {
        await this.approvals.comment(actor, place.id, input);
        return page.redirect(place.remarks, { key: 'governance.commented' });
      },
      place.redraw,
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Approvals } from '../../sequences/approval/approvals.service.js';
import { ReasonInput } from '../../sequences/approval/approval.dto.js';
import { SequenceCourse } from '../../sequences/sequence-course.service.js';
import type { Sequence } from '../../sequences/sequence.entity.js';
import { NotFound } from '../../shared/errors.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import type { Form } from '../rendering/page.js';

/** The acts on a sequence that are one button on its page. */
@Injectable()
export class SequenceMoves {
  constructor(
    private readonly approvals: Approvals,
    private readonly course: SequenceCourse,
  ) {}

  /** @throws NotFound for an act there is not */
  make(actor: Actor, id: string, act: string, form: Form): Promise<Sequence> {
    switch (act) {
      case 'submit':
        return this.approvals.submit(actor, id);
      case 'withdraw':
        return this.approvals.withdraw(actor, id);
      case 'notice':
        return this.approvals.insertNotice(actor, id);
      case 'launch':
        return this.course.launch(actor, id);
      case 'pause':
        return this.course.pause(actor, id, readInput(ReasonInput, withoutBlanks(form)).reason);
      case 'resume':
        return this.course.resume(actor, id);
      case 'archive':
        return this.course.archive(actor, id);
      default:
        throw new NotFound();
    }
  }
}

import { PickType } from '@nestjs/swagger';
import { HandOverInput } from '../../prospects/ownership/hand-over.dto.js';

/** Who takes on what the person owns at the client they leave: somebody of its team, or nobody on purpose. */
export class LeaveInput extends PickType(HandOverInput, ['toIds', 'isFreed']) {}

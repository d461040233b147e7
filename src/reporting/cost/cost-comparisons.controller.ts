import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AllowAgency } from '../../accounts/allow.decorator.js';
import { type CostAnswer, costAnswer } from './cost-answer.js';
import { CostComparisonInput } from './cost-comparison.dto.js';
import { compareCosts, withDefaults } from './cost-model.js';

/** A question and its answer: nothing is kept. */
@Controller('api/v1/cost-comparisons')
export class CostComparisonsController {
  @Post()
  @HttpCode(200)
  @AllowAgency()
  compare(@Body() input: CostComparisonInput): CostAnswer {
    return costAnswer(compareCosts(withDefaults(input)));
  }
}

import { Injectable } from '@nestjs/common';

/** The only place that asks the machine what time it is; tests put a hand-set clock in its stead. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds since some moment, set back by nobody: how long a piece of work takes, from which the next one is cut. */
  ticks(): number {
    return performance.now();
  }
}

import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';

/** The only place that asks the machine what time it is; tests put a hand-set clock in its stead. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds since some moment, set back by nobody. */
  ticks(): number {
    return performance.now();
  }

  /** Those of them in which this thread was at work, not waiting: what a piece of work takes from others. */
  busyTicks(): number {
    return performance.eventLoopUtilization().active;
  }
}

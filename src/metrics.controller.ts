import { Controller, Get, Header } from '@nestjs/common';
import { Allow } from './accounts/allow.decorator.js';
import { Metrics } from './metrics.js';

/** `GET /metrics` in Prometheus' text form, for the token of an administrator. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Allow('admin')
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}

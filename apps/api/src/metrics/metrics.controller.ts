import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { metricsRefusal } from '@dondoc/domain/operations/metrics-access';
import { PrometheusObserver } from '@dondoc/workflow/observation/prometheus.observer';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { Problem } from '../problems/problem';
import { Public } from '../security/access.decorators';
import { CONFIGURATION, OBSERVER } from '../workings/tokens';

/** What this process counts of its own work, for Prometheus. No log-in: the token or this machine decides. */
@ApiExcludeController()
@Controller('metrics')
@Public()
export class MetricsController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
    @Inject(OBSERVER) private readonly observer: PrometheusObserver,
  ) {}

  @Get()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    const refused = metricsRefusal(this.configuration.metricsToken, request);
    if (refused) {
      const { status, ...description } = refused;
      if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
      throw new Problem(status, description);
    }
    const text = await this.observer.text();
    response
      .setHeader('Cache-Control', 'no-store')
      .setHeader('Content-Type', this.observer.contentType)
      .end(text);
  }
}

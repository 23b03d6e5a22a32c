import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { sampleLogIns } from '@dondoc/domain/organizations/sample-office';
import { BusinessClock } from '@dondoc/workflow/durable/index';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Look } from '../requests/operation.decorators';
import { Public } from '../security/access.decorators';
import { CLOCK, CONFIGURATION } from '../workings/tokens';
import { InstallationDto } from './installation.dto';

/** What a page has to know before anybody has logged in. */
@ApiTags('installation')
@Controller('installation')
export class InstallationController {
  constructor(
    @Inject(CLOCK) private readonly clock: BusinessClock,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
  ) {}

  @Get()
  @Public()
  @Look({ summary: 'Sandbox or production, and what time it is', answer: InstallationDto })
  async show(): Promise<InstallationDto> {
    const { mode } = this.configuration;
    const now = new Date(await this.clock.now()).toISOString();
    return { mode, now, logIns: mode === 'sandbox' ? sampleLogIns() : [] };
  }
}

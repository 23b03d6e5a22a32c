import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { workerConfiguration } from '@dondoc/domain/configuration/worker.configuration';
import { CONFIGURATION } from './configuration.token';
import { WorkerService } from './worker.service';

const configuration = workerConfiguration();

/** Fires timers and carries out effects. No rules: those are in the domain's lifecycles and hooks. */
@Module({
  imports: [
    LoggerModule.forRoot({ pinoHttp: { level: configuration.logLevel, base: { process: 'worker' } } }),
  ],
  providers: [{ provide: CONFIGURATION, useValue: configuration }, WorkerService],
})
export class WorkerModule {}

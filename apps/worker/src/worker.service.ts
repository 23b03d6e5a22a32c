import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { type DataSource } from 'typeorm';
import { ledgers, organizationsToSeal } from '@dondoc/domain/audit/ledgers';
import { type WorkerConfiguration } from '@dondoc/domain/configuration/worker.configuration';
import { directiveHooks } from '@dondoc/domain/directives/directive.hooks';
import { newsHandlers } from '@dondoc/domain/inbox/news.effects';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { ReadinessCheck } from '@dondoc/domain/operations/readiness';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import {
  checkDefinitions,
  createPostgresRuntime,
  EffectQueue,
  Queues,
  WorkflowWorker,
  type RuntimeLog,
} from '@dondoc/workflow/durable/index';
import { Sealer } from '@dondoc/workflow/audit/sealer';
import { PrometheusObserver } from '@dondoc/workflow/observation/prometheus.observer';
import { WaitingWorkReader } from '@dondoc/workflow/observation/waiting-work';
import { CONFIGURATION } from './configuration.token';
import { OperationsServer } from './operations.server';

/** Holds the running worker between the start and the stop of the process. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly dataSource: DataSource;
  private readonly effects: EffectQueue;
  private readonly worker: WorkflowWorker;
  /** Only where somebody can ask: without a port nothing is counted either. */
  private readonly operations: OperationsServer | null;
  private readonly log: RuntimeLog;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: WorkerConfiguration,
    logger: PinoLogger,
  ) {
    logger.setContext('worker');
    this.log = {
      info: (fields, message) => logger.info(fields, message),
      warn: (fields, message) => logger.warn(fields, message),
      error: (fields, message) => logger.error(fields, message),
    };
    const { databaseUrl, databasePoolSize, queueUrl, queuePrefix } = configuration;
    this.dataSource = dondocDataSource({
      url: databaseUrl,
      application: 'dondoc worker',
      poolSize: databasePoolSize,
    });
    const queues = new Queues({ url: queueUrl, postgresUrl: databaseUrl, prefix: queuePrefix });
    const observer =
      configuration.metricsPort === null
        ? undefined
        : new PrometheusObserver(new WaitingWorkReader(this.dataSource));
    this.effects = new EffectQueue(queues, this.log, observer);
    const made = createPostgresRuntime({
      dataSource: this.dataSource,
      lifecycles,
      effects: this.effects,
      log: this.log,
      hooks: directiveHooks,
      observer,
    });
    this.worker = new WorkflowWorker({
      ...made,
      dataSource: this.dataSource,
      lifecycles,
      queues,
      handlers: newsHandlers,
      wakeUpUrl: databaseUrl,
      log: this.log,
      observer,
      seal: {
        sealer: new Sealer({ dataSource: this.dataSource, ledgers, key: configuration.auditSigningKey }),
        organizations: () => organizationsToSeal(this.dataSource),
      },
    });
    const isListening = (): boolean => this.worker.isListening;
    this.operations = observer
      ? new OperationsServer({
          observer,
          readiness: new ReadinessCheck(this.dataSource, queues, isListening),
          token: configuration.metricsToken,
        })
      : null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { metricsPort, metricsHost } = this.configuration;
    if (this.operations && metricsPort !== null) {
      const address = await this.operations.listen(metricsPort, metricsHost);
      this.log.info({ address }, 'metrics and health');
    }
    await this.dataSource.initialize();
    await checkDefinitions(this.dataSource, lifecycles);
    await this.worker.start();
    this.log.info({}, 'the worker is ready');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop();
    await this.operations?.close();
    await this.effects.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    this.log.info({}, 'the worker has stopped');
  }
}

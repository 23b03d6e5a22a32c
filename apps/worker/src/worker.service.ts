import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { type DataSource } from 'typeorm';
import { ledgers, organizationsToSeal } from '@dondoc/domain/audit/ledgers';
import { type WorkerConfiguration } from '@dondoc/domain/configuration/worker.configuration';
import { directiveHooks } from '@dondoc/domain/directives/directive.hooks';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { beginDigests } from '@dondoc/domain/messages/begin-digests';
import { type Channel } from '@dondoc/domain/messages/channel.port';
import { messageHandlers } from '@dondoc/domain/messages/message-handlers';
import { ReadinessCheck } from '@dondoc/domain/operations/readiness';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import {
  checkDefinitions,
  createPostgresRuntime,
  EffectQueue,
  Queues,
  WorkflowWorker,
  type PostgresRuntime,
  type RuntimeLog,
} from '@dondoc/workflow/durable/index';
import { Sealer } from '@dondoc/workflow/audit/sealer';
import { PrometheusObserver } from '@dondoc/workflow/observation/prometheus.observer';
import { WaitingWorkReader } from '@dondoc/workflow/observation/waiting-work';
import { CONFIGURATION } from './configuration.token';
import { channelsOf } from './channels';
import { OperationsServer } from './operations.server';

const DIGESTS_MS = 3_600_000;

const mailWords = {
  off: 'mail is off: people are told in the inbox only; set SMTP_URL, MAIL_FROM and PUBLIC_URL to send mail',
  kept: 'mail is kept in the sandbox and goes nowhere; administrators read it in the list of outgoing mail',
  smtp: 'mail leaves by SMTP',
} as const;

/** Holds the running worker between the start and the stop of the process. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly dataSource: DataSource;
  private readonly effects: EffectQueue;
  private readonly worker: WorkflowWorker;
  private readonly runtime: PostgresRuntime;
  private readonly channels: readonly Channel[];
  private digests: NodeJS.Timeout | null = null;
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
    this.channels = channelsOf(configuration.mail);
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
    this.runtime = made.runtime;
    this.worker = new WorkflowWorker({
      ...made,
      dataSource: this.dataSource,
      lifecycles,
      queues,
      handlers: messageHandlers({
        runtime: made.runtime,
        dataSource: this.dataSource,
        channels: this.channels,
        publicUrl: configuration.publicUrl,
      }),
      wakeUpUrl: databaseUrl,
      sweepMs: configuration.sweepSeconds * 1_000,
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
    await this.beginDigests();
    this.digests = setInterval(() => void this.beginDigests(), DIGESTS_MS);
    this.log.info({ mail: this.configuration.mail.kind }, mailWords[this.configuration.mail.kind]);
    this.log.info({}, 'the worker is ready');
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.digests) clearInterval(this.digests);
    await this.worker.stop();
    await Promise.all(this.channels.map((channel) => channel.close()));
    await this.operations?.close();
    await this.effects.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    this.log.info({}, 'the worker has stopped');
  }

  /** An organization that came since the start gets its digest within the hour. */
  private async beginDigests(): Promise<void> {
    try {
      const begun = await beginDigests(this.dataSource, this.runtime);
      if (begun.length > 0) this.log.info({ organizations: begun }, 'digests begin');
    } catch (error) {
      this.log.error({ error }, 'digests could not be begun; it will be tried again');
    }
  }
}

import { refuseSandboxAccounts } from '@dondoc/domain/accounts/sandbox-accounts';
import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { directiveHooks } from '@dondoc/domain/directives/directive.hooks';
import { DocumentReader } from '@dondoc/domain/documents/reader/document-reader';
import { DirectoryFileStorage } from '@dondoc/domain/files/directory-file-storage';
import { RefusedStrangers } from '@dondoc/domain/audit/refused-strangers';
import { PostgresRequestCounter } from '@dondoc/domain/limits/postgres-request-counter';
import { PostgresStreamSlots } from '@dondoc/domain/limits/postgres-stream-slots';
import { RedisRequestCounter } from '@dondoc/domain/limits/redis-request-counter';
import { RedisStreamSlots } from '@dondoc/domain/limits/redis-stream-slots';
import { type StreamSlots } from '@dondoc/domain/limits/stream-slots.port';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import {
  BusinessClock,
  checkDefinitions,
  createPostgresRuntime,
  EffectQueue,
  Queues,
} from '@dondoc/workflow/durable/index';
import { PrometheusObserver } from '@dondoc/workflow/observation/prometheus.observer';
import { Global, Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { type DataSource } from 'typeorm';
import { OpenIdClient } from '../authentication/openid-client.service';
import { RequestRates } from '../security/request-rates';
import { ActService } from '../requests/act.service';
import { accountProviders } from './account.providers';
import {
  CLOCK,
  CONFIGURATION,
  DATA_SOURCE,
  EFFECTS,
  FILE_STORAGE,
  OBSERVER,
  OPENID,
  QUEUES,
  READER,
  STREAM_SLOTS,
  RUNTIME,
} from './tokens';
import { WorkingsShutdown } from './workings.shutdown';

const dataSource: FactoryProvider<Promise<DataSource>> = {
  provide: DATA_SOURCE,
  inject: [CONFIGURATION],
  useFactory: async ({ databaseUrl, databasePoolSize, statementSeconds, mode }: ApiConfiguration) => {
    const source = dondocDataSource({
      url: databaseUrl,
      application: 'dondoc api',
      poolSize: databasePoolSize,
      statementTimeoutMs: statementSeconds * 1_000,
    });
    await source.initialize();
    await checkDefinitions(source, lifecycles);
    if (mode === 'production') await refuseSandboxAccounts(source);
    return source;
  },
};

const queues: FactoryProvider<Queues> = {
  provide: QUEUES,
  inject: [CONFIGURATION],
  useFactory: ({ queueUrl, databaseUrl, queuePrefix }: ApiConfiguration) =>
    new Queues({ url: queueUrl, postgresUrl: databaseUrl, prefix: queuePrefix }),
};

const effects: FactoryProvider<EffectQueue> = {
  provide: EFFECTS,
  inject: [QUEUES, PinoLogger, OBSERVER],
  useFactory: (opened: Queues, log: PinoLogger, observer: PrometheusObserver) =>
    new EffectQueue(opened, log, observer),
};

const runtime: FactoryProvider = {
  provide: RUNTIME,
  inject: [DATA_SOURCE, EFFECTS, PinoLogger, OBSERVER],
  useFactory: (dataSource: DataSource, effects: EffectQueue, log: PinoLogger, observer: PrometheusObserver) =>
    createPostgresRuntime({ dataSource, lifecycles, effects, log, hooks: directiveHooks, observer }).runtime,
};

/** Counted in Redis where there is one, else in PostgreSQL. */
const requestRates: FactoryProvider<RequestRates> = {
  provide: RequestRates,
  inject: [CONFIGURATION, DATA_SOURCE, PinoLogger],
  useFactory: (configuration: ApiConfiguration, source: DataSource, log: PinoLogger) => {
    const { queueUrl, queuePrefix, requestsPerMinute } = configuration;
    const failed = (error: unknown) => log.warn({ err: error }, 'requests are not counted together');
    const counter =
      queueUrl === 'postgres' || requestsPerMinute === 0
        ? new PostgresRequestCounter(source)
        : new RedisRequestCounter(queueUrl, queuePrefix, failed);
    return new RequestRates(requestsPerMinute, counter, failed);
  },
};

const streamSlots: FactoryProvider<StreamSlots> = {
  provide: STREAM_SLOTS,
  inject: [CONFIGURATION, DATA_SOURCE, PinoLogger],
  useFactory: ({ queueUrl, queuePrefix }: ApiConfiguration, source: DataSource, log: PinoLogger) =>
    queueUrl === 'postgres'
      ? new PostgresStreamSlots(source)
      : new RedisStreamSlots(queueUrl, queuePrefix, (error) =>
          log.warn({ err: error }, 'event streams are not counted together'),
        ),
};

const strangers: FactoryProvider<RefusedStrangers> = {
  provide: RefusedStrangers,
  inject: [CONFIGURATION, DATA_SOURCE, PinoLogger],
  useFactory: ({ limits }: ApiConfiguration, source: DataSource, log: PinoLogger) =>
    new RefusedStrangers(source, limits.strangersKeptDays, (error) =>
      log.warn({ err: error }, 'refused strangers are not counted'),
    ),
};

/** What every feature works with: one pool, one runtime, one storage. The same domain hooks as in the worker. */
@Global()
@Module({})
export class WorkingsModule {
  static of(configuration: ApiConfiguration): DynamicModule {
    const provided = [
      { provide: CONFIGURATION, useValue: configuration },
      dataSource,
      queues,
      { provide: OBSERVER, useFactory: () => new PrometheusObserver() },
      effects,
      runtime,
      {
        provide: CLOCK,
        inject: [DATA_SOURCE],
        useFactory: (source: DataSource) => new BusinessClock(source),
      },
      {
        provide: FILE_STORAGE,
        useValue: new DirectoryFileStorage(configuration.filesDirectory, configuration.filesQuota),
      },
      { provide: READER, useFactory: () => new DocumentReader(configuration.reading) },
      ...accountProviders(configuration.accounts),
      requestRates,
      streamSlots,
      strangers,
      { provide: OPENID, useValue: configuration.openId && new OpenIdClient(configuration.openId) },
      ActService,
    ];
    return {
      module: WorkingsModule,
      providers: [...provided, WorkingsShutdown],
      exports: provided.map((one) => ('provide' in one ? one.provide : one)),
    };
  }
}

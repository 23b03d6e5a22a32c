import { DocumentReader } from '@dondoc/domain/documents/reader/document-reader';
import { RefusedStrangers } from '@dondoc/domain/audit/refused-strangers';
import { EffectQueue } from '@dondoc/workflow/durable/index';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RequestRates } from '../security/request-rates';
import { DATA_SOURCE, EFFECTS, READER } from './tokens';

/** After the last request: the queue first, which still reports to the log, then the pool. */
@Injectable()
export class WorkingsShutdown implements OnApplicationShutdown {
  constructor(
    @Inject(EFFECTS) private readonly effects: EffectQueue,
    @Inject(DATA_SOURCE) private readonly source: DataSource,
    private readonly rates: RequestRates,
    private readonly strangers: RefusedStrangers,
    @Inject(READER) private readonly reader: DocumentReader,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.reader.close();
    await this.strangers.close();
    await this.rates.close();
    await this.effects.close();
    if (this.source.isInitialized) await this.source.destroy();
  }
}

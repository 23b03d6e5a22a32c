import { checkHandlers, type PostgresRuntime } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { lifecycles } from '../lifecycles/lifecycles';
import { messageHandlers } from './message-handlers';

describe('the handlers of effects', () => {
  it('are one for each effect that a lifecycle declares, and no other: else no worker starts', () => {
    const handlers = messageHandlers({
      runtime: {} as PostgresRuntime,
      dataSource: {} as DataSource,
      channels: [],
      publicUrl: 'http://page.example',
    });
    expect(() => checkHandlers(lifecycles.effects, handlers)).not.toThrow();
    expect(() => checkHandlers([...lifecycles.effects, 'another'], handlers)).toThrow('another');
  });
});

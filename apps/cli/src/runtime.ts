import { directiveHooks } from '@dondoc/domain/directives/directive.hooks';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { createPostgresRuntime, type PostgresRuntime } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** For a command that moves instances: it logs nothing, and what waits to be delivered is found by the worker. */
export function commandRuntime(dataSource: DataSource): PostgresRuntime {
  const effects = { offer: () => undefined };
  return createPostgresRuntime({ dataSource, lifecycles, effects, log: quiet, hooks: directiveHooks })
    .runtime;
}

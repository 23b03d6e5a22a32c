import 'reflect-metadata';
import { apiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { createApplication } from './application';

async function main(): Promise<void> {
  const configuration = apiConfiguration();
  const application = await createApplication(configuration);
  await application.listen(configuration.port, configuration.host);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `dondoc api: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});

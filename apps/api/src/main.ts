import 'reflect-metadata';
import { apiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { ConfigurationError } from '@dondoc/domain/configuration/environment.configuration';
import { createApplication } from './application';

async function main(): Promise<void> {
  const configuration = apiConfiguration();
  const application = await createApplication(configuration);
  await application.listen(configuration.port, configuration.host);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || !(error instanceof Error);
  process.stderr.write(`dondoc api: ${known ? String(error) : (error.stack ?? error.message)}\n`);
  process.exit(1);
});

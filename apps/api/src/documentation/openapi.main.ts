// Prints the OpenAPI document without starting anything: the types of the page are made from it.
import 'reflect-metadata';
import { apiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from '../api.module';
import { setRoutePrefix } from '../route-prefix';
import { describeApi } from './documentation';

/** A sandbox, for it has every operation; nothing is ever connected to. */
const nowhere = {
  DONDOC_MODE: 'sandbox',
  API_DATABASE_URL: 'postgres://localhost/none',
  QUEUE_URL: 'postgres',
  FILES_DIRECTORY: '.',
};

async function main(): Promise<void> {
  const module = ApiModule.of(apiConfiguration(nowhere));
  const application = await NestFactory.create(module, { preview: true, logger: false, abortOnError: false });
  setRoutePrefix(application);
  process.stdout.write(JSON.stringify(describeApi(application)));
}

void main();

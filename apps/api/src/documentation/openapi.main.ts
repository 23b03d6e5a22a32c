// Prints the OpenAPI document without starting anything: the types of the page are made from it.
import 'reflect-metadata';
import { apiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from '../api.module';
import { setRoutePrefix } from '../route-prefix';
import { describeApi } from './documentation';
import { nowhere } from './nowhere';

async function main(): Promise<void> {
  const module = ApiModule.of(apiConfiguration(nowhere));
  const application = await NestFactory.create(module, { preview: true, logger: false, abortOnError: false });
  setRoutePrefix(application);
  process.stdout.write(JSON.stringify(describeApi(application)));
}

void main();

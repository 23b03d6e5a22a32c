import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Express } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { ApiModule } from './api.module';
import { serveDocumentation } from './documentation/documentation';

/** The application, ready to listen. */
export async function createApplication(configuration: ApiConfiguration): Promise<NestExpressApplication> {
  const application = await NestFactory.create<NestExpressApplication>(ApiModule.of(configuration), {
    bufferLogs: true,
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
  });
  application.useLogger(application.get(Logger));
  application.disable('x-powered-by');
  // Plain http on an office's own network must stay possible: https is the proxy's to demand.
  const directives = { upgradeInsecureRequests: null };
  application.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false }));
  application.useBodyParser('json', { limit: configuration.bodyMaxBytes });
  application.setGlobalPrefix('api/v1', { exclude: [{ path: 'health/*path', method: RequestMethod.GET }] });
  serveDocumentation(application);
  application
    .getHttpAdapter()
    .getInstance<Express>()
    .get('/', (_request, response) => {
      response.redirect('/api/docs');
    });
  application.enableShutdownHooks();
  return application;
}

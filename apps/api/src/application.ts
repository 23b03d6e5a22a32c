import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { ApiModule } from './api.module';
import { serveDocumentation } from './documentation/documentation';
import { servePage } from './page/page';
import { correlate } from './requests/request-log';
import { setRoutePrefix } from './route-prefix';

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
  // An ETag here is a revision, never a hash of the answer.
  application.set('etag', false);
  application.set('trust proxy', configuration.trustedProxies);
  application.use(correlate);
  // Plain http on an office's own network must stay possible: https is the proxy's to demand.
  const directives = { upgradeInsecureRequests: null };
  application.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false }));
  application.useBodyParser('json', { limit: configuration.bodyMaxBytes });
  servePage(application);
  setRoutePrefix(application);
  serveDocumentation(application);
  application.enableShutdownHooks([], { useProcessExit: true });
  return application;
}

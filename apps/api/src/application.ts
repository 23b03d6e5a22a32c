import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { urlencoded } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { ApiModule } from './api.module';
import { serveDocumentation } from './documentation/documentation';
import { servePage } from './page/page';
import { compressAnswers } from './requests/compressed-answers';
import { limitAddresses, limitAnswers, limitSlowness } from './requests/connection-limits';
import { correlate } from './requests/request-log';
import { setRoutePrefix } from './route-prefix';
import { RequestRates } from './security/request-rates';

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
  // Scripts from here only, and nobody may put these pages into theirs. The documentation has styles of its own in the page.
  // Plain http on an office's own network must stay possible: https is the proxy's to demand.
  const directives = {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  };
  application.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: false,
    }),
  );
  application.use('/api/', limitAnswers(configuration.limits), limitAddresses(application.get(RequestRates)));
  application.use('/api/', compressAnswers());
  application.useBodyParser('json', { limit: configuration.bodyMaxBytes });
  const form = urlencoded({ extended: false, limit: 20_000, parameterLimit: 10 });
  application.use('/api/v1/auth/openid/back-channel-logout', form);
  servePage(application);
  setRoutePrefix(application);
  serveDocumentation(application);
  limitSlowness(application.getHttpServer(), configuration.limits);
  application.enableShutdownHooks([], { useProcessExit: true });
  return application;
}

import { type INestApplication, RequestMethod } from '@nestjs/common';

/** Everything is below `/api/v1` but the page itself and what machines look at. */
export function setRoutePrefix(application: INestApplication): void {
  const exclude = ['/', 'health/*path', 'metrics'].map((path) => ({ path, method: RequestMethod.GET }));
  application.setGlobalPrefix('api/v1', { exclude });
}

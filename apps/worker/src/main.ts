import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';

async function main(): Promise<void> {
  // Read here, so that a configuration error is told as one, not as a failed import.
  const { WorkerModule } = await import('./worker.module.js');
  const application = await NestFactory.createApplicationContext(WorkerModule, { bufferLogs: true });
  application.useLogger(application.get(Logger));
  application.enableShutdownHooks();
}

main().catch((error: unknown) => {
  process.stderr.write(`dondoc worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

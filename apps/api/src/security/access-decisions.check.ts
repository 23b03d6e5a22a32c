import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS } from './access.decorators';

/** Stops the start when a route says neither who may call it nor that it is public. */
@Injectable()
export class AccessDecisionsCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const undecided = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name] ?? {}))
        .filter((name) => !Reflect.hasMetadata(ACCESS, prototype[name] ?? {}))
        .filter(() => !Reflect.hasMetadata(ACCESS, metatype))
        .map((name) => `${metatype.name}.${name}`);
    });
    if (undecided.length > 0)
      throw new Error(`these routes do not say who may call them: ${undecided.join(', ')}`);
  }
}

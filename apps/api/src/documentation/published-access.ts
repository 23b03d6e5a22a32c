import { type INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type OpenAPIObject } from '@nestjs/swagger';
import { ACCESS, type Access } from '../security/access.decorators';

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Says of every operation who may call it at all, as it is decided on its route: `x-access`. */
export function publishAccess(document: OpenAPIObject, application: INestApplication): OpenAPIObject {
  const scanner = new MetadataScanner();
  // Made here: an application that is only looked at has no services.
  const discovery = new DiscoveryService(application.get(ModulesContainer));
  const decisions = new Map<string, Access>();
  for (const { metatype } of discovery.getControllers()) {
    if (typeof metatype !== 'function') continue;
    const prototype = metatype.prototype as Record<string, object>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const access = (Reflect.getMetadata(ACCESS, prototype[name] ?? {}) ??
        Reflect.getMetadata(ACCESS, metatype)) as Access | undefined;
      if (access !== undefined) decisions.set(`${metatype.name}_${name}`, access);
    }
  }
  for (const item of Object.values(document.paths))
    for (const method of methods) {
      const operation = item[method];
      const access = decisions.get(operation?.operationId ?? '');
      if (operation && access !== undefined) Object.assign(operation, { 'x-access': access });
    }
  return document;
}

import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The one description of how TypeScript becomes JavaScript, used by the build and by jest. */
export const swcOptions = {
  swcrc: false,
  configFile: false,
  cwd: root,
  sourceMaps: true,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
    baseUrl: root,
    paths: {
      '@dondoc/workflow': ['libs/workflow/src/index.ts'],
      '@dondoc/workflow/*': ['libs/workflow/src/*'],
      '@dondoc/domain/*': ['libs/domain/src/*'],
    },
  },
  module: { type: 'commonjs', ignoreDynamic: true, exportInteropAnnotation: true },
};

import { swcOptions } from './scripts/swc-options.mjs';

const { swcrc, configFile, cwd, ...options } = swcOptions;
void [swcrc, configFile, cwd];

/** Pure specs run by themselves; *.e2e-spec.ts and *.db-spec.ts get real servers from test/services. */
const common = {
  rootDir: '.',
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { ...options, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: {
    '^@dondoc/workflow$': '<rootDir>/libs/workflow/src/index.ts',
    '^@dondoc/workflow/(.*)$': '<rootDir>/libs/workflow/src/$1',
    '^@dondoc/domain$': '<rootDir>/libs/domain/src/index.ts',
    '^@dondoc/domain/(.*)$': '<rootDir>/libs/domain/src/$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.dondoc/'],
};

export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,test}/**/!(*.db|*.e2e)*.spec.ts'] },
  ],
};

import { swcOptions } from './scripts/swc-options.mjs';

const { swcrc, configFile, cwd, ...options } = swcOptions;
void [swcrc, configFile, cwd];

const common = {
  rootDir: '.',
  testEnvironment: '<rootDir>/test/services/leak-check.environment.ts',
  transform: { '^.+\\.ts$': ['@swc/jest', { ...options, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: {
    '^@dondoc/workflow$': '<rootDir>/libs/workflow/src/index.ts',
    '^@dondoc/workflow/(.*)$': '<rootDir>/libs/workflow/src/$1',
    '^@dondoc/domain/(.*)$': '<rootDir>/libs/domain/src/$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.dondoc/'],
};

const files = (ending) => [`<rootDir>/{apps,libs,test}/**/*${ending}.ts`];

/** Pure specs run by themselves. */
const unit = { ...common, displayName: 'unit', testMatch: files('.spec') };

/** These need the servers that `npm test` starts. */
const services = {
  ...common,
  displayName: 'services',
  testMatch: [...files('.db-spec'), ...files('.e2e-spec')],
  setupFilesAfterEnv: ['<rootDir>/test/services/patience.ts'],
};

/** The long matrices: only in `npm run test:full`. */
const full = { ...services, displayName: 'full', testMatch: files('.full-spec') };

export default { projects: [unit, services, ...(process.env.TEST_FULL ? [full] : [])] };

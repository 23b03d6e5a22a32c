import { swcOptions } from './scripts/swc-options.mjs';

const { swcrc, configFile, cwd, ...options } = swcOptions;
void [swcrc, configFile, cwd];

/** These come as ES modules only, which jest cannot take as they are. */
const modulesOnly = 'node_modules/(openid-client|oauth4webapi|jose)/';

const swc = ['@swc/jest', { ...options, swcrc: false, sourceMaps: 'inline' }];

const common = {
  rootDir: '.',
  testEnvironment: '<rootDir>/test/services/leak-check.environment.ts',
  transform: { '^.+\\.ts$': swc, [`${modulesOnly}.+\\.js$`]: swc },
  transformIgnorePatterns: [`/node_modules/(?!(openid-client|oauth4webapi|jose)/)`],
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

export default {
  testSequencer: '<rootDir>/test/services/longest-first.sequencer.cjs',
  projects: [unit, services, ...(process.env.TEST_FULL ? [full] : [])],
};

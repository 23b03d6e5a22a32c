/** The arrows of docs/architecture.md: apps → domain → workflow, and pure cores that touch nothing outside. */
const pureCores =
  '^libs/(workflow/src/(lifecycle|engine|diagram)|domain/src/(authorization|working-time|deadline|working-rules|directory|intake/(grammar|reading)|lifecycles|explanation|messages/composition))/';

/** Specs may use the servers of test/services. */
const specs = '[.-]spec\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'workflow-knows-nothing-above',
      severity: 'error',
      from: { path: '^libs/workflow/', pathNot: specs },
      to: { path: '^(apps|libs/domain|test)/' },
    },
    {
      name: 'workflow-is-tested-without-directives',
      comment: 'Its specs too stand alone; those that need servers borrow them from test/services.',
      severity: 'error',
      from: { path: '^libs/workflow/' },
      to: { path: '^(apps|libs/domain|test/(?!services/))' },
    },
    {
      name: 'pure-specs-need-no-servers',
      severity: 'error',
      from: { path: '^libs/workflow/.*\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'test-kit-is-for-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `${specs}|^libs/workflow/src/(testing|tutorial)/` },
      to: { path: '^libs/workflow/src/(testing|tutorial)/' },
    },
    {
      name: 'domain-knows-no-app',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: specs },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'apps-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'pure-core',
      comment: 'No Nest, TypeORM, Redis, queue, clock, random or I/O in a pure core.',
      severity: 'error',
      from: { path: pureCores, pathNot: specs },
      to: {
        path: '(node_modules/(@nestjs|typeorm|pg|ioredis|bullmq|pino|express|nestjs-|prom-client|@opentelemetry)|^(node:)?(fs|net|http|https|child_process|timers|dns|os)(/|$))',
      },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      // jest takes the last by its path.
      from: { orphan: true, pathNot: '(\\.d\\.ts|spec\\.ts|main\\.ts|^test/services/patience\\.ts)$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|^apps/web/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};

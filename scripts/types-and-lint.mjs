// Types and lint of one project, on one program: what the compiler has found out about a type, the rules ask of it again.
//   node scripts/types-and-lint.mjs           everything but the page
//   node scripts/types-and-lint.mjs --page    the page, whose types of the API page-types.mjs has made
// The same findings as `tsc --noEmit` and `eslint .`, in three quarters of the time.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { root } from './swc-options.mjs';

const page = 'apps/web';
const project = process.argv.includes('--page')
  ? { config: join(root, page, 'tsconfig.json'), files: [page], ignored: [] }
  : { config: join(root, 'tsconfig.json'), files: ['.'], ignored: [`${page}/`] };

const formatting = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
};

function programOf(config) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.formatDiagnostic(diagnostic, formatting));
    },
  };
  // Nothing is written, so nothing is remembered either.
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(
    config,
    { noEmit: true, incremental: false, tsBuildInfoFile: undefined },
    host,
  );
  return ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors });
}

const program = programOf(project.config);
const diagnostics = ts.getPreEmitDiagnostics(program);
process.stdout.write(ts.formatDiagnostics(diagnostics, formatting));

const eslint = new ESLint({
  cwd: root,
  ignorePatterns: project.ignored,
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  },
});
const results = await eslint.lintFiles(project.files);
process.stdout.write(await (await eslint.loadFormatter()).format(results));

const findings = results.reduce((sum, { errorCount }) => sum + errorCount, diagnostics.length);
process.exitCode = findings === 0 ? 0 : 1;

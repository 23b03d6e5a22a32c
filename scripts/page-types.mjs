// Makes the types of the page's client from the API's own description: apps/web/src/api/schema.d.ts, not kept in git.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { compileSources } from './prepare.mjs';
import { root } from './swc-options.mjs';

const target = join(root, 'apps', 'web', 'src', 'api', 'schema.d.ts');

await compileSources();
const entry = join(root, 'dist', 'apps', 'api', 'src', 'documentation', 'openapi.main.js');
const description = JSON.parse(execFileSync(process.execPath, [entry], { maxBuffer: 64 * 1024 * 1024 }));
const types = astToString(await openapiTypescript(description));
let before = '';
try {
  before = readFileSync(target, 'utf8');
} catch {
  // The first time.
}
if (before !== types) writeFileSync(target, types);

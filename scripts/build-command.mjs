// `npm run build`
import { buildSources } from './prepare.mjs';

process.stdout.write(`build: ${await buildSources()}\n`);

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { operatorsOrigin } from '@dondoc/domain/audit/audit-entry';
import { keepAudit } from '@dondoc/domain/audit/audit-trail';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { today } from '@dondoc/domain/lifecycles/act-facts';
import { officeFacts } from '@dondoc/domain/organizations/office-facts';
import {
  previewRules,
  putRulesInForce,
  type RulesPreview,
} from '@dondoc/domain/organizations/rules-in-force';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { wallClock } from '@dondoc/domain/simulation/timeline';
import { readRules } from '@dondoc/domain/working-rules/parse-working-rules';
import { rulesJsonSchema } from '@dondoc/domain/working-rules/rules-json-schema';
import { type AuthoredRules } from '@dondoc/domain/working-rules/rules-form';
import { type RulesRefusal } from '@dondoc/domain/working-rules/rules-problem';
import { isRefusal, type Refusal } from '@dondoc/workflow';
import { PostgresStore, type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { chosenOrganization, withDatabase, type Organization } from '../database';

const usage = `./dondoc rules check FILE [--above FILE]… [--json]
./dondoc rules preview FILE [--organization CODE] [--most N] [--json]
./dondoc rules put-in-force FILE --by PERSON --note WORDS [--organization CODE] [--json]
./dondoc rules schema

Working rules in YAML. check: without a database; --above names rules that it may inherit. preview: what the file would
do as the next version, to what comes and to each open directive. put-in-force: makes it the next version; open
directives keep theirs. --by: name, e-mail or id of an administrator. schema: the form as JSON Schema.`;

interface Options {
  readonly above?: string[] | undefined;
  readonly organization?: string | undefined;
  readonly most?: string | undefined;
  readonly by?: string | undefined;
  readonly note?: string | undefined;
  readonly json: boolean;
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });

/** Every problem on a line of its own, as compilers write them, so that editors find the place. */
function refused(path: string, refusal: Refusal & Partial<Pick<RulesRefusal, 'errors'>>): CommandError {
  const errors = refusal.errors ?? [];
  if (errors.length === 0) return new CommandError(`${refusal.vi} / ${refusal.en}`);
  const lines = errors.map(
    ({ line, column, field, vi, en }) => `${path}:${line ?? 1}:${column ?? 1}: ${field}: ${vi} / ${en}`,
  );
  return new CommandError(lines.join('\n'));
}

async function check(path: string, { above, json }: Options, terminal: Terminal): Promise<void> {
  const known: AuthoredRules[] = [];
  const find = ({ id, version }: { readonly id: string; readonly version: number }) =>
    known.find((rules) => rules.id === id && rules.version === version) ?? null;
  for (const file of above ?? []) {
    const read = readRules(await readText(file), find);
    if (isRefusal(read)) throw refused(file, read);
    known.push(read.rules);
  }
  const read = readRules(await readText(path), find);
  if (isRefusal(read)) throw refused(path, read);
  const { id, version, validFrom, title } = read.rules;
  terminal.line(
    json ? JSON.stringify(read.rules) : `${title.vi}: ${id}@${version}, từ ngày ${validFrom}; không có lỗi`,
  );
}

const chosen = (code: string | undefined): Promise<Organization> =>
  withDatabase((dataSource) => chosenOrganization(dataSource, code));

/** With the rights of the API, behind the wall of one organization. */
async function inOffice<T>(
  { id }: Organization,
  work: (tx: PostgresTransaction) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const { apiUrl } = ownerConfiguration();
  const source = dondocDataSource({ url: apiUrl, application: 'dondoc command line', poolSize: 1 });
  await source.initialize();
  try {
    return await new PostgresStore(source, lifecycles.all).transaction(id, work);
  } finally {
    await source.destroy();
  }
}

function printPreview(
  { inForce, next, validFrom, changes, ifMoved }: RulesPreview,
  terminal: Terminal,
): void {
  terminal.line(`${inForce} → ${next}, từ ngày ${validFrom}`);
  if (changes.length === 0) terminal.line('  không thay đổi giá trị nào');
  for (const { path, name } of changes) terminal.line(`  thay đổi: ${name.vi} (${path})`);
  const { totals, items, leftOff } = ifMoved;
  terminal.line(
    `Nhiệm vụ đang mở: ${totals.open}; giữ nguyên phiên bản và hạn. Nếu chuyển sang ${next}: ${totals.changed} nhiệm vụ thay đổi`,
  );
  terminal.line(
    `  bậc thêm ${totals.rungsAdded}, bỏ ${totals.rungsDropped}, dời ${totals.rungsMoved}, đổi nơi nhận hoặc điều ${totals.rungsChanged}; ` +
      `ngưỡng sắp đến hạn dời ${totals.nearDueMoved}, thời gian trả lại dời ${totals.returnWindowsMoved}`,
  );
  for (const { id, rungs } of items) {
    const words = [
      ...rungs.added.map((rung) => `+${rung.id}`),
      ...rungs.dropped.map((rung) => `−${rung.id}`),
      ...rungs.moved.map((rung) => `${rung.id} dời`),
      ...rungs.changed.map((rung) => `${rung.id} đổi`),
    ];
    terminal.line(`  ${id}: ${words.join(', ') || 'ngưỡng hoặc thời gian trả lại'}`);
  }
  if (leftOff > 0) terminal.line(`  … và ${leftOff} nhiệm vụ khác`);
}

async function preview(path: string, options: Options, terminal: Terminal): Promise<void> {
  const most = Number(options.most ?? '20');
  if (!Number.isSafeInteger(most) || most < 0) throw wrongUsage('--most is a number of directives');
  const document = await readText(path);
  const answer = await inOffice(await chosen(options.organization), (tx) => previewRules(tx, document, most));
  if (isRefusal(answer)) throw refused(path, answer);
  if (options.json) terminal.line(JSON.stringify(answer));
  else printPreview(answer, terminal);
}

async function administrator(tx: PostgresTransaction, wanted: string): Promise<string> {
  const { directory, calendar } = await officeFacts(tx, 'directory', 'calendar');
  const date = today({ now: tx.now, calendar });
  const found = directory.people.filter(
    ({ id, name, email }) =>
      [id, name, email].includes(wanted) &&
      directory.offices.some(
        ({ person, role, from, to }) =>
          person === id && role === 'administrator' && from <= date && (to === null || date <= to),
      ),
  );
  const [only, another] = found;
  if (!only || another)
    throw new CommandError(
      `${found.length} quản trị viên có tên "${wanted}" / administrators of that name: ${found.length}`,
    );
  return only.id;
}

async function putInForce(path: string, options: Options, terminal: Terminal): Promise<void> {
  const { by, note } = options;
  if (by === undefined || note === undefined) throw wrongUsage('--by and --note are needed');
  const document = await readText(path);
  const answer = await inOffice(await chosen(options.organization), async (tx) => {
    const person = await administrator(tx, by);
    const version = await putRulesInForce(tx, { document, note, by: person });
    if (isRefusal(version)) return version;
    const actor = { account: null, person, onBehalfOf: [] };
    const subject = `${version.id}@${version.version}`;
    const fact = { act: 'rules put-in-force', subject, outcome: 'done', code: null } as const;
    await keepAudit(tx.manager, tx.organization, actor, fact, operatorsOrigin);
    return version;
  });
  if (isRefusal(answer)) throw refused(path, answer);
  const { id, version, validFrom, putInForceAt } = answer;
  if (options.json) terminal.line(JSON.stringify({ id, version, validFrom, putInForceAt }));
  else
    terminal.line(
      `${id}@${version} có hiệu lực từ ngày ${validFrom}, đưa vào áp dụng lúc ${wallClock(Date.parse(putInForceAt ?? ''), 'Asia/Ho_Chi_Minh')}`,
    );
}

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'checks working rules, shows what a new version would do, puts it in force',
  usage,
  run: async ([what, ...args], terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        above: { type: 'string', multiple: true },
        organization: { type: 'string' },
        most: { type: 'string' },
        by: { type: 'string' },
        note: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (what === 'schema') {
      terminal.line(JSON.stringify(rulesJsonSchema(), null, 2));
      return;
    }
    const [path] = positionals;
    if (path === undefined) throw wrongUsage('which file?');
    if (what === 'check') await check(path, values, terminal);
    else if (what === 'preview') await preview(path, values, terminal);
    else if (what === 'put-in-force') await putInForce(path, values, terminal);
    else throw wrongUsage('check, preview, put-in-force or schema?');
  },
};

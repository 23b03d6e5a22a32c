import { parseArgs } from 'node:util';
import {
  decideOutgoingAsOperator,
  listOutgoing,
  type OutgoingView,
} from '@dondoc/domain/messages/outgoing-mail.service';
import { isRefusal, type Refusal } from '@dondoc/workflow';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { chosenOrganization, organizations, withDatabase } from '../database';
import { isId } from '../ids';
import { commandRuntime } from '../runtime';

/** As many as are shown of one organization. */
const MOST = 200;

function sound<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new CommandError(`${answer.vi} / ${answer.en}`);
  return answer;
}

async function showFailed(terminal: Terminal, json: boolean): Promise<void> {
  const failed = await withDatabase(async (dataSource) => {
    const runtime = commandRuntime(dataSource);
    const found: (OutgoingView & { readonly organization: string })[] = [];
    for (const { id, code } of await organizations(dataSource)) {
      const page = await runtime.transaction(id, (tx) => listOutgoing(tx, { state: 'failed', limit: MOST }));
      found.push(...sound(page).items.map((mail) => ({ ...mail, organization: code })));
    }
    return found;
  });
  if (json) terminal.line(JSON.stringify(failed));
  else if (failed.length === 0) terminal.line('không có thư nào gửi không được / no mail stands failed');
  for (const { organization, id, recipient, subject, sendAt, failure } of json ? [] : failed)
    terminal.line(`${organization} ${id} ${sendAt} ${recipient.name}: ${subject ?? '-'}\n  ${failure ?? ''}`);
}

export const mailCommand: Command = {
  name: 'mail',
  summary: 'lists the mail that could not be sent, and sends it again or gives it up',
  usage: `./dondoc mail failed [--json]
./dondoc mail send-again ID --reason TEXT [--organization CODE]
./dondoc mail drop ID --reason TEXT [--organization CODE]

"send-again" sends what was composed, as it is, to where its reader is reached now. The reason stays in the history of the mail.`,
  run: async ([what, ...args], terminal) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        reason: { type: 'string', default: '' },
        organization: { type: 'string' },
      },
    });
    if (what === 'failed') return showFailed(terminal, values.json);
    const [id] = positionals;
    if (what !== 'send-again' && what !== 'drop')
      throw wrongUsage('the things to do are: failed, send-again, drop');
    if (id === undefined || !isId(id)) throw wrongUsage('which mail? its ID stands in: mail failed');
    await withDatabase(async (dataSource) => {
      const { id: organization } = await chosenOrganization(dataSource, values.organization);
      const decision = { act: what, reason: values.reason } as const;
      const runtime = commandRuntime(dataSource);
      sound(await runtime.transaction(organization, (tx) => decideOutgoingAsOperator(tx, id, decision)));
    });
    terminal.line('đã ghi quyết định / the decision is kept');
  },
};

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { draftDirectives } from '@dondoc/domain/intake/grammar/draft-directives';
import { readDocument } from '@dondoc/domain/intake/reading/read-document';
import { CommandError, wrongUsage, type Command } from '../command';

export const intakeCommand: Command = {
  name: 'intake',
  summary: 'drafts directives from notices (.txt, .md, .docx, .pdf)',
  usage: `./dondoc intake FILE… [--trace] [--before that-day|previous-day] [--json]

Prints one JSON object per document, each on one line. --trace adds which rule made each directive, lead and deadline. The
date of a deadline is the day that its words name, of a month, quarter or year its last day; "trước ngày X" is X with
"bound": "before". Offices count such a day differently: --before previous-day gives X − 1 instead, as the working rules
do by default. A file that cannot be read is told on standard error, and the exit code is then not 0.`,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trace: { type: 'boolean', default: false },
        json: { type: 'boolean', default: true },
        before: { type: 'string', default: 'that-day' },
      },
    });
    const { before } = values;
    if (before !== 'previous-day' && before !== 'that-day')
      throw wrongUsage('--before is previous-day or that-day');
    if (positionals.length === 0) throw wrongUsage('which files?');
    let unread = 0;
    for (const path of positionals) {
      const bytes = await readFile(path).catch((error: unknown) => {
        terminal.note(error instanceof Error ? error.message : String(error));
        return null;
      });
      const read = bytes && (await readDocument({ name: basename(path), bytes }));
      if (!read || 'refused' in read) {
        if (read) terminal.note(`${path}: ${read.code}: ${read.vi} / ${read.en}`);
        unread++;
        continue;
      }
      const { trace, ...drafted } = draftDirectives(read.text, {
        trace: values.trace,
        beforeMeans: before,
      });
      terminal.line(JSON.stringify(values.trace ? { ...drafted, trace } : drafted));
    }
    if (unread > 0) throw new CommandError(`${unread} of ${positionals.length} files could not be read`);
  },
};

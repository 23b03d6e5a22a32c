import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { join, relative } from 'node:path';
import { type IntakeOptions, type IntakeResult } from '../../intake/grammar/intake-result';
import { type ReadDocument, type ReadingLimits } from '../../intake/reading/read-document';
import { type ReadingAnswer, type ReadingJob } from './reading-job';

export interface ReaderLimits {
  /** Milliseconds that one document may take, counted from when its reading begins. */
  readonly timeMs: number;
  /** Megabytes of memory that one document may take. */
  readonly memoryMb: number;
  /** Documents read at the same time; the others wait their turn. */
  readonly processes: number;
}

export interface ReadNotice {
  readonly document: ReadDocument;
  readonly reading: IntakeResult;
}

type SentDocument = ReadingJob['file'];

/** What the process says when it has done. */
type Said = { readonly answer: ReadingAnswer | Refusal } | { readonly failed: string };

interface Waiting {
  readonly job: ReadingJob;
  readonly done: (answer: ReadingAnswer | Refusal) => void;
  readonly failed: (error: Error) => void;
}

const builtFrom = join(__dirname, 'document-reader.process.js');
/** Where the sources run as they are, the process is the built one: it takes no TypeScript. */
const processFile = __filename.endsWith('.ts')
  ? join(process.cwd(), 'dist', relative(process.cwd(), builtFrom))
  : builtFrom;

/**
 * Reads documents outside the process that answers people, so that a file that takes long, or was made to, stops nobody. One that
 * takes more time or memory than it may is given up together with the process that reads it: `reading-takes-too-long`,
 * `reading-takes-too-much`. Nothing of it remains. A process and not a thread, since a thread whose memory ends can end all others.
 */
export class DocumentReader {
  private readonly idle: ChildProcess[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly open = new Set<ChildProcess>();
  private closed = false;

  constructor(private readonly limits: ReaderLimits) {}

  /** A notice: its text, and what it orders. */
  async notice(
    file: SentDocument,
    limits: ReadingLimits,
    grammar: IntakeOptions,
  ): Promise<ReadNotice | Refusal> {
    const answer = await this.carry({ file, limits, grammar });
    if (isRefusal(answer) || answer.reading === null) return answer as Refusal;
    return { document: answer.document, reading: answer.reading };
  }

  /** The text of a file, whatever it is for. */
  async text(file: SentDocument, limits: ReadingLimits): Promise<ReadDocument | Refusal> {
    const answer = await this.carry({ file, limits, grammar: null });
    return isRefusal(answer) ? answer : answer.document;
  }

  private carry(job: ReadingJob): Promise<ReadingAnswer | Refusal> {
    if (this.closed) return Promise.reject(new Error('the reader of documents is closed'));
    return new Promise((done, failed) => {
      this.waiting.push({ job, done, failed });
      this.next();
    });
  }

  /** Documents still being read are given up. */
  async close(): Promise<void> {
    this.closed = true;
    const left = new Error('the reader of documents was closed');
    for (const { failed } of this.waiting.splice(0)) failed(left);
    await Promise.all([...this.open].map(ended));
  }

  private next(): void {
    if (this.closed || this.waiting.length === 0) return;
    const child = this.idle.pop() ?? (this.open.size < this.limits.processes ? this.start() : undefined);
    const first = child === undefined ? undefined : this.waiting.shift();
    if (child !== undefined && first !== undefined) this.begin(child, first);
  }

  private start(): ChildProcess {
    const child = fork(processFile, [], {
      execArgv: [`--max-old-space-size=${this.limits.memoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // It needs none of the settings, and secrets least of all.
      env: {},
    });
    // It keeps nobody from ending.
    child.unref();
    child.channel?.unref();
    this.open.add(child);
    const left = (): void => {
      this.open.delete(child);
      const at = this.idle.indexOf(child);
      if (at >= 0) this.idle.splice(at, 1);
      this.next();
    };
    child.once('exit', left);
    child.on('error', left);
    return child;
  }

  private begin(child: ChildProcess, { job, done, failed }: Waiting): void {
    let settled = false;
    const end = (settle: () => void, keep: boolean): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      child.off('message', said);
      child.off('exit', gone);
      child.off('error', broken);
      if (keep && !this.closed) this.idle.push(child);
      else child.kill('SIGKILL');
      settle();
      this.next();
    };
    const said = (message: Serializable): void => {
      const told = message as unknown as Said;
      end(() => {
        if ('answer' in told) done(told.answer);
        else failed(new Error(told.failed));
      }, true);
    };
    const gone = (code: number | null, signal: NodeJS.Signals | null): void => {
      end(() => {
        if (this.closed) failed(new Error('the reader of documents was closed'));
        // How Node.js ends when its memory does.
        else if (signal === 'SIGABRT' || code === ABORTED) done(tooMuch(this.limits.memoryMb));
        else failed(new Error(`the process that read the document has ended (${signal ?? code ?? '?'})`));
      }, false);
    };
    const broken = (error: Error): void => {
      end(() => {
        failed(error);
      }, false);
    };
    const timer = setTimeout(() => {
      end(() => {
        done(tooLong(this.limits.timeMs));
      }, false);
    }, this.limits.timeMs);
    child.on('message', said);
    child.on('exit', gone);
    child.on('error', broken);
    // What cannot be handed over to a process that is going ends with it.
    child.send(job, () => undefined);
  }
}

const ABORTED = 134;

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((gone) => {
    child.once('exit', () => {
      gone();
    });
    child.kill('SIGKILL');
  });
}

function tooLong(timeMs: number): Refusal {
  const seconds = Math.round(timeMs / 100) / 10;
  return refusal(
    'reading-takes-too-long',
    {
      vi: `Đọc tệp này mất quá ${seconds} giây nên đã dừng lại, không lưu gì; hãy nhập nội dung dưới dạng văn bản hoặc chia nhỏ tệp.`,
      en: `Reading this file took more than ${seconds} seconds and was given up; nothing was kept. Paste its text, or send it in parts.`,
    },
    { field: 'file' },
  );
}

function tooMuch(memoryMb: number): Refusal {
  return refusal(
    'reading-takes-too-much',
    {
      vi: `Đọc tệp này cần hơn ${memoryMb} MB bộ nhớ nên đã dừng lại, không lưu gì; hãy nhập nội dung dưới dạng văn bản hoặc chia nhỏ tệp.`,
      en: `Reading this file takes more than ${memoryMb} MB of memory and was given up; nothing was kept. Paste its text, or send it in parts.`,
    },
    { field: 'file' },
  );
}

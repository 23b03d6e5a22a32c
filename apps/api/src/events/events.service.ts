import { createHash, randomUUID } from 'node:crypto';
import { ApiTokensService } from '@dondoc/domain/accounts/api-tokens.service';
import { type Caller } from '@dondoc/domain/accounts/caller';
import { isApiToken } from '@dondoc/domain/accounts/session-token';
import { SessionsService } from '@dondoc/domain/accounts/sessions.service';
import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { seesAll } from '@dondoc/domain/authorization/abilities';
import { seesAnyOf, stepsOfLast, type Step } from '@dondoc/domain/directives/news';
import { type OpenStream, type Slot, type StreamSlots } from '@dondoc/domain/limits/stream-slots.port';
import { isRefusal } from '@dondoc/workflow';
import { type PostgresRuntime } from '@dondoc/workflow/durable/index';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { type Response } from 'express';
import { PinoLogger } from 'nestjs-pino';
import { Problem } from '../problems/problem';
import { CONFIGURATION, RUNTIME, STREAM_SLOTS } from '../workings/tokens';

/** Milliseconds between two looks at an organization that somebody listens to. */
const LOOK_EVERY = 1_000;
/** How far back a look reaches, in seconds: longer than a transaction takes from its beginning to its commit. */
const REACH = 10;
/** Looks between two signs of life, which also ask whether the session still stands. */
const LOOKS_PER_SIGN = 20;
/** Bytes that a browser leaves unread before its stream is ended; it comes again. */
const MOST_UNREAD = 65_536;

/** A listener with the slots that it holds over all processes. */
interface Listening extends Omit<Listener, 'caller'> {
  caller: Caller;
  readonly stream: OpenStream;
}

export interface Listener {
  readonly caller: Caller;
  readonly token: string;
  /** What counts as one address. */
  readonly address: string;
  readonly response: Response;
}

const tooMany = (field: number): Problem =>
  new Problem(429, {
    code: 'too-many-listeners',
    vi: `Quá nhiều trang đang mở cùng lúc (tối đa ${field}).`,
    en: `Too many pages are open at once (at most ${field}).`,
  });

/**
 * Tells those who listen that something has changed that they may see: never what, for that they ask as always. One look at
 * the history per organization and second, however many listen; nothing is asked while nobody does.
 */
@Injectable()
export class EventsService implements BeforeApplicationShutdown {
  private readonly listeners = new Set<Listening>();
  /** By organization: the steps that have been told of. */
  private readonly known = new Map<string, ReadonlySet<string>>();
  /** By organization: steps told once, to be told again at the next look, when their messages have been delivered too. */
  private readonly echoes = new Map<string, readonly Step[]>();
  private readonly freeing = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private looks = 0;
  private isClosed = false;

  constructor(
    @Inject(RUNTIME) private readonly runtime: PostgresRuntime,
    private readonly sessions: SessionsService,
    private readonly tokens: ApiTokensService,
    private readonly log: PinoLogger,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
    @Inject(STREAM_SLOTS) private readonly slots: StreamSlots,
  ) {}

  /** Keeps the answer open and writes to it until the browser goes away or the session ends. */
  async listen(asking: Listener): Promise<void> {
    const slots = await this.slotsFor(asking);
    const { response } = asking;
    const listener: Listening = { ...asking, stream: slots };
    response.status(200).set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // A proxy that gathers an answer before it passes it on would never pass this one on.
      'X-Accel-Buffering': 'no',
    });
    const end = () => {
      this.listeners.delete(listener);
      this.free(slots);
    };
    response.on('close', end);
    if (response.destroyed || this.isClosed) {
      end();
      return;
    }
    this.listeners.add(listener);
    await this.knowWhereItStands(asking.caller.organization);
    if (response.writableEnded) return;
    // Told that it is heard, a page reads once more; what happens from then on is news.
    response.flushHeaders();
    response.write('retry: 3000\n\n');
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const { response } of this.listeners) response.end();
    this.listeners.clear();
    // What is still being freed is waited for: a process that is replaced leaves no slot behind.
    await Promise.all(this.freeing);
    await this.slots.close();
  }

  /** Takes its slots over all processes; while they are not counted together, each process counts its own. */
  private async slotsFor({ caller, address }: Listener): Promise<OpenStream> {
    const { streamsPerAccount, streamsPerAddress, streams } = this.configuration.limits;
    if (this.listeners.size >= streams) throw tooMany(streams);
    const subject = (who: string) => createHash('sha256').update(who).digest('hex');
    const stream: OpenStream = {
      id: randomUUID(),
      slots: [
        { subject: subject(`account ${caller.account}`), most: streamsPerAccount },
        { subject: subject(`address ${address}`), most: streamsPerAddress },
      ],
    };
    const full = await this.slots.take(stream).catch((error: unknown) => {
      this.log.warn({ err: error }, 'event streams are not counted together');
      return this.fullHere(stream);
    });
    if (full) throw tooMany(full.most);
    return stream;
  }

  private fullHere({ slots }: OpenStream): Slot | null {
    const held = [...this.listeners].flatMap(({ stream }) => stream.slots.map(({ subject }) => subject));
    const count = (wanted: string) => held.filter((subject) => subject === wanted).length;
    return slots.find(({ subject, most }) => count(subject) >= most) ?? null;
  }

  /** One that is not freed is so by itself when it is not renewed. */
  private free(stream: OpenStream): void {
    const freed = this.slots
      .free(stream)
      .catch((error: unknown) => this.log.warn({ err: error }, 'the slot of an event stream was not freed'))
      .finally(() => this.freeing.delete(freed));
    this.freeing.add(freed);
  }

  private schedule(): void {
    if (this.timer || this.isClosed || this.listeners.size === 0) return;
    this.timer = setTimeout(() => {
      this.look()
        .catch((error: unknown) => this.log.warn({ err: error }, 'the look for news failed'))
        .finally(() => {
          this.timer = null;
          this.schedule();
        });
    }, LOOK_EVERY);
  }

  /** Before the first listener of an organization is told that it is heard: else what happens until the next look is lost. */
  private async knowWhereItStands(organization: string): Promise<void> {
    if (this.known.has(organization)) return;
    await this.lookAt(organization).catch((error: unknown) =>
      this.log.warn({ err: error }, 'the look for news failed'),
    );
  }

  private async look(): Promise<void> {
    this.looks += 1;
    const organizations = new Set([...this.listeners].map(({ caller }) => caller.organization));
    for (const gone of [...this.known.keys()].filter((one) => !organizations.has(one))) {
      this.known.delete(gone);
      this.echoes.delete(gone);
    }
    for (const organization of organizations) await this.lookAt(organization);
    if (this.looks % LOOKS_PER_SIGN === 0) await this.giveSign();
  }

  private async lookAt(organization: string): Promise<void> {
    const steps = await this.runtime.transaction(organization, (tx) => stepsOfLast(tx, REACH));
    if (isRefusal(steps)) return;
    const before = this.known.get(organization);
    const nameOf = ({ instance, revision }: Step) => `${instance}:${revision}`;
    this.known.set(organization, new Set(steps.map(nameOf)));
    // What had happened before anybody listened is in what they have just read.
    const fresh = before ? steps.filter((step) => !before.has(nameOf(step))) : [];
    const news = [...fresh, ...(this.echoes.get(organization) ?? [])];
    this.echoes.set(organization, fresh);
    if (news.length > 0) await this.tell(organization, news);
  }

  private async tell(organization: string, news: readonly Step[]): Promise<void> {
    const byAccount = new Map<string, Listener[]>();
    for (const one of this.listeners)
      if (one.caller.organization === organization)
        byAccount.set(one.caller.account, [...(byAccount.get(one.caller.account) ?? []), one]);
    for (const [first, ...others] of byAccount.values()) {
      if (!first) continue;
      const { caller } = first;
      const sees =
        seesAll(caller) ||
        (await this.runtime.transaction(organization, (tx) => seesAnyOf(tx, caller, news))) === true;
      if (sees)
        for (const { response } of [first, ...others]) write(response, 'event: changed\ndata: {}\n\n');
    }
  }

  private async giveSign(): Promise<void> {
    await this.slots
      .renew([...this.listeners].map(({ stream }) => stream))
      .catch((error: unknown) => this.log.warn({ err: error }, 'event streams are not counted together'));
    for (const listener of [...this.listeners]) {
      const { token, response } = listener;
      const caller = isApiToken(token)
        ? await this.tokens.callerOf(token)
        : await this.sessions.stillCallerOf(token);
      // An office or a delegation may have ended meanwhile: what is told from here on is for who they are now.
      if (caller && caller.offices.length > 0) {
        listener.caller = caller;
        write(response, ': still here\n\n');
      } else response.end();
    }
  }
}

/** Whoever does not read what is sent does not make it pile up here. */
function write(response: Response, text: string): void {
  if (response.writableLength > MOST_UNREAD) response.destroy();
  else response.write(text);
}

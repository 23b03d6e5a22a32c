import { AccessRefusalsService, isAccessRefused } from '@dondoc/domain/accounts/access-refusals.service';
import { actorOf } from '@dondoc/domain/accounts/caller';
import { type AuditFact } from '@dondoc/domain/audit/audit-entry';
import { keepAudit } from '@dondoc/domain/audit/audit-trail';
import { canonicalJson, isRefusal, type JsonValue, type Refusal } from '@dondoc/workflow';
import { type PostgresRuntime, type PostgresWork } from '@dondoc/workflow/durable/index';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Problem, problemOf } from '../problems/problem';
import { originOf, type AuthenticatedRequest } from '../security/authenticated-request';
import { RUNTIME } from '../workings/tokens';

const keyForm = /^[\x21-\x7e]{1,200}$/;

/** Runs what a request asks in one transaction, once per idempotency key, and turns refusals into problems. */
@Injectable()
export class ActService {
  constructor(
    @Inject(RUNTIME) private readonly runtime: PostgresRuntime,
    private readonly refusals: AccessRefusalsService,
  ) {}

  /** Something a person does. The answer is kept under the request's `Idempotency-Key` and given again to a repeat. */
  async perform<T extends object>(
    request: AuthenticatedRequest,
    work: (tx: PostgresWork) => Promise<T | Refusal>,
  ): Promise<T> {
    const key = keyOf(request);
    const identity = { key, caller: request.caller.account, fingerprint: fingerprintOf(request) };
    const outcome = await this.runtime.once(request.caller.organization, identity, async (tx) => {
      const answer = await work(tx);
      if (isRefusal(answer)) return answer;
      await this.keep(tx, request, identity.fingerprint);
      return answer as unknown as JsonValue;
    });
    if (isRefusal(outcome)) return this.refuse(request, outcome);
    if (outcome.replayed) request.res?.setHeader('Idempotency-Replayed', 'true');
    return outcome.answer as unknown as T;
  }

  /** A change that is safe to repeat by itself (PATCH under `If-Match`). */
  async change<T>(
    request: AuthenticatedRequest,
    work: (tx: PostgresWork) => Promise<T | Refusal>,
  ): Promise<T> {
    const answer = await this.runtime.transaction(request.caller.organization, async (tx) => {
      const changed = await work(tx);
      if (!isRefusal(changed)) await this.keep(tx, request, fingerprintOf(request));
      return changed;
    });
    return isRefusal(answer) ? this.refuse(request, answer) : answer;
  }

  /** Looking only. */
  async read<T>(request: AuthenticatedRequest, work: (tx: PostgresWork) => Promise<T | Refusal>): Promise<T> {
    const answer = await this.runtime.transaction(request.caller.organization, work);
    return isRefusal(answer) ? this.refuse(request, answer) : answer;
  }

  /** Who did it, in whose name, when and from where; what was asked as a hash, which tells a repeat from another. */
  private keep({ manager, organization }: PostgresWork, request: AuthenticatedRequest, fingerprint: string) {
    const route = (request.route as { path: string } | undefined)?.path ?? '';
    const fact: AuditFact = {
      act: `${request.method} ${route}`,
      subject: request.path,
      outcome: 'done',
      code: null,
      details: { fingerprint },
    };
    return keepAudit(manager, organization, actorOf(request.caller), fact, originOf(request));
  }

  /** Answers with a refusal, and keeps one that is because of who asks. */
  async refuse(request: AuthenticatedRequest, refused: Refusal): Promise<never> {
    if (isAccessRefused(refused)) await this.refusals.record(request.caller, refused, originOf(request));
    throw problemOf(refused);
  }
}

function keyOf(request: AuthenticatedRequest): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined)
    throw new Problem(400, {
      code: 'idempotency-key-missing',
      vi: 'Thiếu tiêu đề Idempotency-Key.',
      en: 'The Idempotency-Key header is missing.',
    });
  if (typeof key !== 'string' || !keyForm.test(key))
    throw new Problem(400, {
      code: 'idempotency-key-malformed',
      vi: 'Idempotency-Key phải có 1–200 ký tự ASCII, không có dấu cách.',
      en: 'An Idempotency-Key is 1 to 200 ASCII characters without spaces.',
    });
  return key;
}

/** Hash of what is asked: another request under the same key is not a repeat. */
function fingerprintOf(request: AuthenticatedRequest): string {
  const hash = createHash('sha256').update(`${request.method} ${request.originalUrl} `);
  hash.update(canonicalJson((request.body as unknown) ?? null));
  if (request.file) hash.update(createHash('sha256').update(request.file.buffer).digest());
  return hash.update(request.headers['if-match'] ?? '').digest('hex');
}

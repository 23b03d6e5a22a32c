import { refusal, type Bilingual, type Refusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { type AuditFact, type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { actorOf, type Caller } from './caller';

/** A refusal because of who asks: it is recorded, unlike one because of what is asked. */
export interface AccessRefused extends Refusal {
  readonly access: { readonly act: string; readonly subject: string | null };
}

/**
 * What one may see but not do.
 * @param may who may do it, for whoever is refused to turn to
 */
export function notPermitted(act: string, subject: string | null, may?: Bilingual): AccessRefused {
  return {
    ...refusal('not-permitted', {
      vi: `Vai trò, cơ quan hoặc quan hệ của bạn với nhiệm vụ này không cho phép thao tác này.${may ? ` Người được làm: ${may.vi}.` : ''}`,
      en: `Your role, agency or relation to this directive does not permit this.${may ? ` Who may: ${may.en}.` : ''}`,
    }),
    access: { act, subject },
  };
}

const absent = {
  vi: 'Không tìm thấy.',
  en: 'There is nothing of this kind to see here.',
};

/** What does not exist. Told in the same words as what one may not see. */
export function notFound(): Refusal {
  return refusal('not-found', absent);
}

/** What one may not even see: told as if it did not exist, and recorded. */
export function notVisible(act: string, subject: string): AccessRefused {
  return { ...notFound(), access: { act, subject } };
}

export function isAccessRefused(value: Refusal): value is AccessRefused {
  return 'access' in value;
}

/** Keeps each refused access in a transaction of its own: the refused one is rolled back. */
export class AccessRefusalsService {
  constructor(private readonly source: DataSource) {}

  async record(caller: Caller, refused: AccessRefused, origin: Origin): Promise<void> {
    const { act, subject } = refused.access;
    const fact: AuditFact = { act, subject, outcome: 'refused', code: refused.code };
    await inOrganization(this.source, caller.organization, (manager) =>
      keepAudit(manager, caller.organization, actorOf(caller), fact, origin),
    );
  }
}

import { refusal, type Refusal } from '@dondoc/workflow';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { inOrganization } from '../persistence/organization-context';
import { type Caller } from './caller';

/** A refusal because of who asks: it is recorded, unlike one because of what is asked. */
export interface AccessRefused extends Refusal {
  readonly access: { readonly act: string; readonly subject: string | null };
}

/** What one may see but not do. */
export function notPermitted(act: string, subject: string | null): AccessRefused {
  return {
    ...refusal('not-permitted', {
      vi: 'Vai trò, cơ quan hoặc quan hệ của bạn với nhiệm vụ này không cho phép thao tác này.',
      en: 'Your role, agency or relation to this directive does not permit this.',
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

  async record(caller: Caller, refused: AccessRefused, correlation: string): Promise<void> {
    const { act, subject } = refused.access;
    await inOrganization(this.source, caller.organization, (manager) =>
      manager.query(
        `insert into dondoc.access_refusal (organization_id, id, at, person_id, act, subject, code, correlation)
         values ($1, $2, workflow.now(), $3, $4, $5, $6, $7)`,
        [
          caller.organization,
          newUuid(),
          caller.person,
          act,
          subject,
          refused.code,
          correlation.slice(0, 200),
        ],
      ),
    );
  }
}

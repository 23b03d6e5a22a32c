import { type Refusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { notFound } from '../accounts/access-refusals.service';
import { actorOf, type Caller } from '../accounts/caller';
import { type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { personalDataOf, type PersonalData } from './personal-data';

/** What is kept about people, for themselves and for who answers for it. Each look is kept in the audit trail. */
export class PersonalDataService {
  constructor(private readonly source: DataSource) {}

  /** @param account whose owner is meant; null: the caller's own */
  show(caller: Caller, account: string | null, origin: Origin): Promise<PersonalData | Refusal> {
    const { organization } = caller;
    return inOrganization(this.source, organization, async (manager) => {
      const [owner] = await manager.query<{ person: string }[]>(
        'select person_id as person from dondoc.account where organization_id = $1 and id = $2',
        [organization, account ?? caller.account],
      );
      const data = owner ? await personalDataOf(manager, organization, owner.person) : null;
      if (!owner || !data) return notFound();
      const fact = { act: 'personal-data.show', subject: owner.person, outcome: 'done', code: null } as const;
      await keepAudit(manager, organization, actorOf(caller), fact, origin);
      return data;
    });
  }
}

import { Sealer } from '@dondoc/workflow/audit/sealer';
import { verifyCheckpoints } from '@dondoc/workflow/audit/verify-checkpoints';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { nobody, operatorsOrigin } from './audit-entry';
import { keepAudit } from './audit-trail';
import { ledgers } from './ledgers';

describe('the audit trail', () => {
  let database: TestDatabase;
  let worker: DataSource;
  let superuser: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) => dondocDataSource({ url, application: 'spec', poolSize: 2 }).initialize();
    [worker, superuser] = [await connect(database.workerUrl), await connect(database.superuserUrl)];
  });

  afterAll(async () => {
    await worker.destroy();
    await superuser.destroy();
    await database.drop();
  });

  it('is sealed with the history: what is changed or taken away is named', async () => {
    const organization = newUuid();
    const keep = (act: string) =>
      inOrganization(worker, organization, (manager) =>
        keepAudit(
          manager,
          organization,
          nobody,
          { act, subject: null, outcome: 'done', code: null },
          operatorsOrigin,
        ),
      );
    await keep('rules.put-in-force');
    await keep('account.disable');
    const sealer = new Sealer({ dataSource: worker, ledgers, key: null });
    expect((await sealer.seal(organization))?.totals).toEqual({ 'audit-trail': { subjects: 2, entries: 2 } });
    const check = async () => (await verifyCheckpoints(worker, organization, { ledgers, keys: [] })).findings;
    expect(await check()).toEqual([]);
    await superuser.query(
      `update dondoc.audit_entry set entry = replace(entry, 'disable', 'enable') where organization_id = $1 and act = 'account.disable'`,
      [organization],
    );
    await superuser.query(
      `delete from dondoc.audit_entry where organization_id = $1 and act = 'rules.put-in-force'`,
      [organization],
    );
    expect((await check()).map(({ ledger, code }) => `${ledger} ${code}`).sort()).toEqual([
      'audit-trail changed-entry',
      'audit-trail missing-subject',
    ]);
  });
});

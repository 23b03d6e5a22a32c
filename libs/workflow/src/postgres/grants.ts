import { type QueryRunner } from 'typeorm';

export interface WorkflowRoles {
  /** Login role of the processes that people talk to. */
  readonly application: string;
  /** Login role of the processes that fire timers and carry out effects. */
  readonly worker: string;
  /** Sandbox installations let the application move the clock and look for what is due next. */
  readonly sandbox: boolean;
}

const identifier = (name: string): string => {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is not a plain role name`);
  return name;
};

/**
 * What the two roles may do, repeatable. History can be added to and read, never changed. The worker sees across
 * organizations only where it must look for work: the outbox, for reading; of instances it may ask for numbers, and for
 * when the next one is due.
 */
export async function grantWorkflow(runner: QueryRunner, roles: WorkflowRoles): Promise<void> {
  const application = identifier(roles.application);
  const worker = identifier(roles.worker);
  const both = `${application}, ${worker}`;
  const lookers = roles.sandbox ? both : worker;
  await runner.query(`
    grant usage on schema workflow to ${both};
    grant select, insert, update on workflow.instance to ${both};
    grant select, insert on workflow.history, workflow.outbox_delivered, workflow.parked_decision to ${both};
    grant select on workflow.timer to ${both};
    grant select, insert, update, delete on workflow.outbox, workflow.idempotency to ${both};
    grant select, insert on workflow.definition to ${both};
    grant select on workflow.checkpoint, workflow.sealed to ${both};
    grant insert on workflow.checkpoint, workflow.sealed to ${worker};
    revoke all on workflow.clock from ${both};
    grant select on workflow.clock to ${both};
    ${roles.sandbox ? `grant update on workflow.clock to ${both};` : ''}
    grant execute on function workflow.now(), workflow.organization(), workflow.require_unchanged(boolean) to ${both};
    revoke execute on function workflow.create_partitions(integer) from public;
    grant execute on function workflow.create_partitions(integer) to ${worker};
    grant execute on function workflow.version_counts(), workflow.parked_timers(integer) to ${worker};
    grant execute on function workflow.next_due(integer, timestamptz) to ${lookers};
    drop policy if exists looking_for_work on workflow.outbox;
    create policy looking_for_work on workflow.outbox for select to ${lookers} using (true);
    drop policy if exists forgetting on workflow.idempotency;
    create policy forgetting on workflow.idempotency for delete to ${worker} using (expires_at < now());
  `);
}

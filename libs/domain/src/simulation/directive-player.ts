import { isRefusal, type InstanceRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { admitType } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { sendDown } from '../lifecycles/cascade/cascade-acts';
import { planHandOn } from '../lifecycles/cascade/hand-on-acts';
import { planReplacement } from '../lifecycles/course-acts';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { planExtensionRequest } from '../lifecycles/extension-request-acts';
import { type ExtensionRequestContext } from '../lifecycles/extension-request.types';
import { type Cast } from './cast';
import { planDirectiveAct, planRequestAct, type DirectiveAct, type RequestAct } from './plan-scenario-act';
import { type ActOf } from './scenario';
import { deadlineOf, unknown } from './scenario-intents';

/** What people do with directives and with requests for more time. */
export class DirectivePlayer {
  constructor(private readonly cast: Cast) {}

  async onDirective(act: DirectiveAct): Promise<Refusal | null> {
    const found = this.cast.directive(act.directive);
    if (!found) return unknown(act.directive, 'directive');
    const own = this.cast.factsOf(found);
    const facts = act.act === 'move-rules' ? { ...own, rules: this.cast.facts.rules } : own;
    const plan = planDirectiveAct(act, found, this.cast.names, facts);
    return this.cast.send(act.by, (tx, actor) =>
      isRefusal(plan)
        ? Promise.resolve(plan)
        : sendDown(this.cast.port(tx, actor), found.id, found.context, plan),
    );
  }

  /** Both directives hear of it, or neither. */
  async replace(act: ActOf<'replace'>): Promise<Refusal | null> {
    const [found, later] = [this.cast.directive(act.directive), this.cast.directive(act.successor)];
    if (!found || !later) return unknown(found ? act.successor : act.directive, 'directive');
    const plan = planReplacement(found, later, { by: this.cast.names.person(act.by), reason: act.reason });
    return this.cast.send(act.by, async (tx, actor) => {
      if (isRefusal(plan)) return plan;
      const port = this.cast.port(tx, actor);
      const replaced = await sendDown(port, found.id, found.context, plan.replaced);
      return isRefusal(replaced) ? replaced : port.send(later.id, plan.successor);
    });
  }

  async handOn(act: ActOf<'hand-on'>): Promise<Refusal | null> {
    const found = this.cast.directive(act.directive);
    if (!found) return unknown(act.directive, 'directive');
    const parts = act.parts.map(({ lead, deadline }) => ({
      id: this.cast.stage.memory.newId(),
      lead: lead.map(this.cast.names.agency),
      deadline: deadlineOf(deadline),
    }));
    const plan = planHandOn(found, { by: this.cast.names.person(act.by), parts }, this.cast.factsOf(found));
    const document = act.directive.slice(0, act.directive.lastIndexOf('#'));
    const taken = [...this.cast.directives.keys()].filter((name) => name.startsWith(`${document}#`));
    const last = Math.max(...taken.map((name) => Number(name.slice(document.length + 1))));
    const refused = await this.cast.send(act.by, async (tx, actor) => {
      if (isRefusal(plan)) return plan;
      const start = (lifecycle: string, id: string, input: object) => ({
        ...{ lifecycle, id, actor },
        input: input as StoredEvent['input'],
      });
      const started = await tx.startMany([
        ...plan.children.map(({ id, input }) => start('directive', id, input)),
        ...plan.elsewhere.map((input) => start('remote-part', input.id, input)),
      ]);
      return isRefusal(started)
        ? started
        : sendDown(this.cast.port(tx, actor), found.id, found.context, plan.parent);
    });
    if (refused !== null || isRefusal(plan)) return refused;
    plan.children.forEach(({ id }, index) => this.cast.directives.set(`${document}#${last + 1 + index}`, id));
    return null;
  }

  async onRequest(act: RequestAct): Promise<Refusal | null> {
    const found = this.cast.directive(act.directive);
    if (!found) return unknown(act.directive, 'directive');
    const by = this.cast.names.person(act.by);
    if (act.act === 'request-extension') {
      const id = this.cast.stage.memory.newId();
      const asked = { by, reason: act.reason, done: act.done ?? null, deadline: deadlineOf(act.deadline) };
      const impossible = admitType(
        fromStored(directiveLifecycle.machine, found.snapshot),
        'extension-requested',
      );
      const input = impossible ?? planExtensionRequest(found, id, asked, this.cast.factsOf(found));
      return this.cast.send(act.by, (tx, actor) =>
        isRefusal(input)
          ? Promise.resolve(input)
          : tx.start({
              lifecycle: 'extension-request',
              id,
              input: input as unknown as StoredEvent['input'],
              actor,
            }),
      );
    }
    const request = this.requestOf(found.id);
    if (!request) return unknown(act.directive, 'request');
    const context = request.snapshot.context as unknown as ExtensionRequestContext;
    const plan = planRequestAct(act, context, found, this.cast.names, this.cast.factsOf(found));
    return this.cast.send(act.by, async (tx, actor) => {
      if (isRefusal(plan)) return plan;
      const sent = await tx.send({
        instance: request.id,
        event: plan.request as unknown as StoredEvent,
        actor,
      });
      if (isRefusal(sent) || plan.directive === null) return sent;
      return sendDown(this.cast.port(tx, actor), found.id, found.context, plan.directive);
    });
  }

  /** The newest request for more time of a directive. */
  private requestOf(directive: string): InstanceRecord | undefined {
    return this.cast.stage.memory.store
      .instances(this.cast.stage.organization)
      .filter(({ lifecycle }) => lifecycle === 'extension-request')
      .filter(
        ({ snapshot }) => (snapshot.context as unknown as ExtensionRequestContext).directive === directive,
      )
      .at(-1);
  }
}

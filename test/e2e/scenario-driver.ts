import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { isAnswerAct, type AnswerAct } from '@dondoc/domain/simulation/answer-acts';
import { instantOfLocal, type Act, type ActOf } from '@dondoc/domain/simulation/scenario';
import { type Answer, type HttpOffice } from './http-office';

const notices = join(__dirname, '../../libs/domain/src/sample/notices');
const CLERK = 'vanthu';

interface Named {
  readonly id: string;
  readonly name: string;
}

type Body = Record<string, unknown>;
type OnRequest = ActOf<'approve-request' | 'decline-request' | 'decide-request' | 'withdraw-request'>;
type OnDirective = Exclude<
  Act,
  { document: string } | { notice: string } | { escalation: string } | OnRequest | AnswerAct
>;

/** Plays a scenario's acts over HTTP, each at its instant of the sandbox clock, as the person who does it. */
export class ScenarioDriver {
  private readonly drafts = new Map<string, string>();
  private agencies: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly office: HttpOffice,
    private readonly zone: string,
    /** Something that goes wrong while time moves. */
    private readonly trouble: () => Promise<void> = () => Promise.resolve(),
  ) {}

  async play(acts: readonly Act[]): Promise<void> {
    const listed = await this.office.get<{ items: { id: string; abbreviation: string | null }[] }>(
      CLERK,
      '/agencies',
    );
    this.agencies = new Map(listed.items.map(({ id, abbreviation }) => [abbreviation ?? id, id]));
    for (const act of acts) {
      await this.moveTo(instantOfLocal(act.at, this.zone));
      const answer = await this.perform(act);
      const code = answer.status < 300 ? undefined : answer.body['code'];
      if (code !== act.refused)
        throw new Error(
          `${act.at} ${act.by} ${act.act}: expected ${act.refused ?? 'success'}, got ${answer.status} ${JSON.stringify(answer.body)}`,
        );
    }
  }

  /**
   * What a killed worker had leased outside any transaction comes to another only when the lease is over, which takes longer
   * than the clock waits: then it is asked again.
   */
  async moveTo(instant: number): Promise<void> {
    const body = { to: new Date(instant).toISOString() };
    const move = () => this.office.as(CLERK, 'POST', '/sandbox/clock/advance', { body });
    let [answer] = await Promise.all([move(), this.trouble()]);
    for (let asked = 1; answer.body['code'] === 'not-quiet' && asked < 4; asked++) answer = await move();
    if (answer.status !== 200) throw new Error(`the clock did not move: ${JSON.stringify(answer.body)}`);
  }

  private async perform(act: Act): Promise<Answer> {
    if (isAnswerAct(act)) throw new Error(`${act.act} is played in virtual time only`);
    switch (act.act) {
      case 'upload':
        return this.upload(act);
      case 'manual':
        return this.manual(act);
      case 'correct':
        return this.correct(act);
      case 'confirm':
        return this.office.as(act.by, 'POST', `/drafts/${this.draft(act.document)}/confirm`);
      case 'acknowledge':
      case 'decide':
        return this.onEscalation(act);
      case 'approve-request':
      case 'decline-request':
      case 'decide-request':
      case 'withdraw-request':
        return this.onRequest(act);
      default:
        return this.onDirective(act);
    }
  }

  private async upload(act: ActOf<'upload'>): Promise<Answer> {
    const form = new FormData();
    form.set('file', new Blob([readFileSync(join(notices, act.notice))], { type: 'text/plain' }), act.notice);
    const answer = await this.office.as(act.by, 'POST', '/documents', { form });
    const { document, draft } = answer.body as unknown as {
      document: { number: string };
      draft: { id: string };
    };
    if (answer.status === 201) this.drafts.set(document.number, draft.id);
    return answer;
  }

  private async manual(act: ActOf<'manual'>): Promise<Answer> {
    const body = {
      source: { ...act.source, givenBy: sampleId('person', act.source.givenBy), reference: act.document },
      items: act.items.map((item) => this.fields(item)),
    };
    const answer = await this.office.as(act.by, 'POST', '/drafts', { body });
    if (answer.status === 201) this.drafts.set(act.document, answer.body['id'] as string);
    return answer;
  }

  private async correct(act: ActOf<'correct'>): Promise<Answer> {
    const path = `/drafts/${this.draft(act.document)}`;
    const seen = await this.office.as(act.by, 'GET', path);
    const edits = act.edits.map((edit) => {
      if (edit.op === 'edit') return { ...edit, set: this.fields(edit.set) };
      if (edit.op === 'split') return { ...edit, parts: edit.parts.map((part) => this.fields(part)) };
      return edit;
    });
    const headers = { 'if-match': seen.headers.get('etag') ?? '' };
    return this.office.as(act.by, 'PATCH', path, { body: { edits }, headers });
  }

  private async onDirective(act: OnDirective): Promise<Answer> {
    const { at: _at, by, act: what, refused: _refused, directive, ...rest } = act as OnDirective & Body;
    const body: Body = { ...rest };
    if (Array.isArray(body['lead']))
      body['lead'] = (body['lead'] as string[]).map((each) => this.agency(each));
    if (typeof body['proposedAgency'] === 'string')
      body['proposedAgency'] = this.agency(body['proposedAgency']);
    if (typeof body['person'] === 'string') body['person'] = sampleId('person', body['person']);
    if (act.act === 'replace') body['successor'] = await this.directive(act.successor);
    if (act.act === 'hand-on') body['parts'] = act.parts.map((part) => this.fields(part));
    if (act.act === 'report') body['result'] = await this.withFile(act);
    const id = await this.directive(directive);
    return this.office.as(by, 'POST', `/directives/${id}/${what}`, { body });
  }

  /** The result document's file goes first; the report then names it. */
  private async withFile({ by, result }: ActOf<'report'>): Promise<Body> {
    if (result.file === null) return result;
    const form = new FormData();
    form.set('file', new Blob([`${result.number}: ${result.summary}`], { type: 'text/plain' }), result.file);
    const kept = await this.office.as(by, 'POST', '/files', { form });
    if (kept.status !== 201) throw new Error(`the file was not kept: ${JSON.stringify(kept.body)}`);
    return { ...result, file: kept.body['id'] };
  }

  private async onEscalation(act: ActOf<'acknowledge'> | ActOf<'decide'>): Promise<Answer> {
    const id = await this.escalation(act.escalation);
    if (act.act === 'acknowledge') return this.office.as(act.by, 'POST', `/escalations/${id}/acknowledge`);
    const { decision, note, deadline, lead } = act;
    const body = {
      decision,
      ...(note !== undefined && { note }),
      ...(deadline && { deadline }),
      ...(lead && { lead: lead.map((each) => this.agency(each)) }),
    };
    return this.office.as(act.by, 'POST', `/escalations/${id}/decide`, { body });
  }

  /** On the newest request for more time of a directive. */
  private async onRequest(act: OnRequest): Promise<Answer> {
    const { by, act: what, directive, at: _at, refused: _refused, ...body } = act;
    const id = await this.directive(directive);
    // What has not left the lead agency is seen by its head alone.
    const inside = what === 'approve-request' || what === 'decline-request';
    const [seer, whose] = inside ? [by, 'mine'] : [CLERK, 'all'];
    const path = `/extension-requests?whose=${whose}&directive=${id}&limit=200`;
    const [newest] = await this.office.all<{ id: string }>(seer, path);
    if (!newest) throw new Error(`no more time was asked for ${directive}`);
    return this.office.as(
      by,
      'POST',
      `/extension-requests/${newest.id}/${what.slice(0, -'-request'.length)}`,
      { body },
    );
  }

  private async directive(name: string): Promise<string> {
    const all = await this.office.all<Named>(CLERK, '/directives?limit=200');
    const found = all.find((each) => each.name === name);
    if (!found) throw new Error(`there is no directive ${name}`);
    return found.id;
  }

  /** The newest escalation of this name: one that was withdrawn may have been raised again. */
  private async escalation(name: string): Promise<string> {
    const cut = name.lastIndexOf('/');
    const directive = await this.directive(name.slice(0, cut));
    const all = await this.office.all<{
      id: string;
      rung: string;
      raisedAt: string;
      directive: { id: string };
    }>(CLERK, '/escalations?whose=all&limit=200');
    const [newest] = all
      .filter((each) => each.directive.id === directive && each.rung === name.slice(cut + 1))
      .sort((a, b) => (a.raisedAt < b.raisedAt ? 1 : -1));
    if (!newest) throw new Error(`there is no escalation ${name}`);
    return newest.id;
  }

  private fields(item: Body): Body {
    const named = (value: unknown) => (value as string[]).map((each) => this.agency(each));
    return {
      ...item,
      ...(item['lead'] !== undefined && { lead: named(item['lead']) }),
      ...(item['coordinating'] !== undefined && { coordinating: named(item['coordinating']) }),
    };
  }

  private agency(abbreviation: string): string {
    const id = this.agencies.get(abbreviation);
    if (id === undefined) throw new Error(`there is no agency ${abbreviation}`);
    return id;
  }

  private draft(document: string): string {
    const id = this.drafts.get(document);
    if (id === undefined) throw new Error(`there is no draft of ${document}`);
    return id;
  }
}

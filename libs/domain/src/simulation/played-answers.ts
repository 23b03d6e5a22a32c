import { isRefusal, type Actor, type Refusal, type StartCommand, type StoredEvent } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import * as consultations from '../lifecycles/consultation/consultation-acts';
import * as delegations from '../lifecycles/delegation/delegation-acts';
import { type DirectiveContext } from '../lifecycles/directive.types';
import * as explanations from '../lifecycles/explanation/explanation-acts';
import { type ExplanationContext } from '../lifecycles/explanation/explanation.types';
import * as standing from '../lifecycles/standing/standing-acts';
import { type StandingContext } from '../lifecycles/standing/standing.types';
import { instantOfLocal } from './scenario';
import { type OfficeSetting, type SimulatedOffice } from './simulated-office';

/** What people ask of each other about one directive, played in the simulated office through the real acts. */
export class PlayedAnswers {
  constructor(
    private readonly office: SimulatedOffice,
    private readonly setting: Omit<OfficeSetting, 'notices' | 'from'>,
  ) {}

  async at(local: string): Promise<void> {
    await this.office.advanceTo(instantOfLocal(local, this.setting.calendar.zone));
  }

  private get facts(): ActFacts {
    const { office: directory, rules, calendar } = this.setting;
    return { now: this.office.memory.now, directory, rules, calendar };
  }

  private context(id: string): object {
    const found = this.office.memory.store.instance(this.office.organization, id);
    if (!found) throw new Error(`instance ${id} is gone`);
    return found.snapshot.context;
  }

  private async start(
    lifecycle: string,
    input: object | Refusal,
    actor: Actor,
    id = this.office.memory.newId(),
  ): Promise<string> {
    if (isRefusal(input)) throw new Error(input.en);
    const command = { lifecycle, id, input: input as StartCommand['input'], actor };
    const started = await this.office.memory.transaction(this.office.organization, (tx) => tx.start(command));
    if (isRefusal(started)) throw new Error(started.en);
    return id;
  }

  private async send(instance: string, event: object | Refusal, actor: Actor): Promise<void> {
    if (isRefusal(event)) throw new Error(event.en);
    const command = { instance, event: event as StoredEvent, actor };
    const sent = await this.office.memory.transaction(this.office.organization, (tx) => tx.send(command));
    if (isRefusal(sent)) throw new Error(sent.en);
  }

  /** A leader demands, is not content, asks again, and accepts; another demand is withdrawn. */
  async explain(directive: string): Promise<void> {
    const demandedBy = 'chutich';
    const leader = { kind: 'person', id: demandedBy } as const;
    const head = { kind: 'person', id: 'kt-truong' } as const;
    const demanded = (question: string) =>
      explanations.planExplanation(
        { id: directive, context: this.context(directive) as DirectiveContext, work: 'in-progress' },
        { demandedBy, question, deadline: null },
        this.facts,
      );
    const byHead = { by: head.id, onBehalfOf: null };
    const byLeader = { by: leader.id, onBehalfOf: null };
    await this.at('2026-11-10 09:00');
    const late = await this.start('explanation', demanded('Vì sao chưa có báo cáo?'), leader);
    await this.at('2026-11-16 09:00');
    await this.send(
      late,
      explanations.planSubmission({ ...byHead, text: 'Còn chờ số liệu của các thôn.', file: null }),
      head,
    );
    await this.send(
      late,
      explanations.planAskingAgain(
        this.context(late) as ExplanationContext,
        { ...byLeader, question: 'Thôn nào, đến bao giờ?', deadline: { date: '2026-11-18' } },
        this.facts,
      ),
      leader,
    );
    await this.at('2026-11-17 10:00');
    await this.send(
      late,
      explanations.planSubmission({ ...byHead, text: 'Thôn Hạ, trong tuần này.', file: null }),
      head,
    );
    await this.send(late, explanations.planExplanationAcceptance({ ...byLeader, note: 'Đồng ý.' }), leader);
    const withdrawn = await this.start('explanation', demanded('Vì sao chậm?'), leader);
    await this.at('2026-11-18 09:00');
    await this.send(
      withdrawn,
      explanations.planDemandWithdrawal({ ...byLeader, reason: 'Đã giải trình tại cuộc họp.' }),
      leader,
    );
  }

  /** Two agencies are asked; one answers, one is silent until it is deemed to consent; a third question is withdrawn. */
  async consult(directive: string, agencies: readonly [string, string]): Promise<void> {
    const asker = { kind: 'person', id: 'kt-cv' } as const;
    const [first, second] = agencies;
    const asked = async (asks: readonly string[], question: string): Promise<string[]> => {
      const inputs = consultations.planConsultation(
        { id: directive, context: this.context(directive) as DirectiveContext, isOver: false },
        { by: asker.id, agencies: asks, question, deadline: null },
        this.facts,
      );
      if (isRefusal(inputs)) throw new Error(inputs.en);
      const ids: string[] = [];
      for (const input of inputs) {
        const id = this.office.memory.newId();
        ids.push(await this.start('consultation', { ...input, id, round: directive }, asker, id));
      }
      return ids;
    };
    const who = { by: asker.id, onBehalfOf: null };
    await this.at('2026-11-23 09:00');
    const [answered = ''] = await asked([first, second], 'Đề nghị cho ý kiến về danh sách.');
    const [withdrawn = ''] = await asked([second], 'Đề nghị cử người tham gia.');
    await this.at('2026-11-24 09:00');
    await this.send(
      answered,
      consultations.planReply({
        ...who,
        by: 'tyt-cv',
        position: 'disagree',
        opinion: 'Sót hai hộ.',
        file: null,
      }),
      { kind: 'person', id: 'tyt-cv' },
    );
    await this.send(
      withdrawn,
      consultations.planConsultationWithdrawal({ ...who, reason: 'Đã cử qua điện thoại.' }),
      asker,
    );
    await this.at('2026-11-30 09:00');
    const [last = ''] = await asked([first], 'Danh sách đã sửa, đề nghị xem lại.');
    await this.send(
      last,
      consultations.planReply({ ...who, by: 'tyt-cv', position: 'agree', opinion: null, file: null }),
      { kind: 'person', id: 'tyt-cv' },
    );
    await this.at('2026-12-07 09:00');
  }

  /** One delegation runs its course, one is ended early, one before it began. */
  async delegate(): Promise<void> {
    const by = 'kt-truong';
    const head = { kind: 'person', id: by } as const;
    const given = (start: string, end: string) =>
      delegations.planDelegation(
        { by, from: by, to: 'kt-cv', start, end, reason: 'Đi tập huấn' },
        this.facts,
      );
    const ended = delegations.planDelegationEnd({ by, reason: 'Về sớm' });
    await this.start('delegation', given('2026-12-08', '2026-12-09'), head);
    await this.at('2026-12-10 09:00');
    const early = await this.start('delegation', given('2026-12-10', '2026-12-18'), head);
    const unbegun = await this.start('delegation', given('2026-12-21', '2026-12-22'), head);
    await this.at('2026-12-11 09:00');
    await this.send(early, ended, head);
    await this.send(unbegun, ended, head);
  }

  /** Two months of a standing directive: in time, late and sent back, and ended with a report still awaited. */
  async standing(): Promise<void> {
    const clerk = { kind: 'person', id: 'vanthu' } as const;
    const staff = { kind: 'person', id: 'kt-cv' } as const;
    const given = standing.planStanding(
      {
        by: clerk.id,
        text: 'Thường xuyên kiểm tra vệ sinh tại chợ.',
        lead: ['kinh-te'],
        coordinating: [],
        assigningLeader: 'chutich',
        trackingOfficer: clerk.id,
        field: null,
        urgency: 'normal',
        reports: ['monthly'],
      },
      this.facts,
    );
    const id = await this.start('standing-directive', given, clerk);
    const report = async (date: string): Promise<string> => {
      const [awaited = ''] = (this.context(id) as StandingContext).obligations;
      const result = { number: '5/BC-KT', date, summary: 'Báo cáo tháng', file: null };
      const event = standing.planPeriodReport({ by: staff.id, onBehalfOf: null, result }, this.facts);
      await this.send(awaited, event, staff);
      return awaited;
    };
    const byClerk = { by: clerk.id, onBehalfOf: null };
    await this.at('2026-12-22 09:00');
    await this.send(await report('2026-12-22'), { type: 'accept', ...byClerk }, clerk);
    await this.at('2027-01-26 09:00');
    const late = await report('2027-01-26');
    await this.send(late, standing.planPeriodSendBack({ ...byClerk, reason: 'Thiếu số liệu.' }), clerk);
    await this.at('2027-01-27 09:00');
    await this.send(await report('2027-01-27'), { type: 'accept', ...byClerk }, clerk);
    await this.at('2027-02-02 09:00');
    const ended = standing.planStandingEnd({ by: 'chutich', onBehalfOf: null, reason: 'Chợ đã đóng cửa.' });
    await this.send(id, ended, { kind: 'person', id: 'chutich' });
  }
}

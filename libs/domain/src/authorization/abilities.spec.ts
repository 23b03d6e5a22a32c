import { type Caller, type CallerOffice } from '../accounts/caller';
import { maySee, permissionTo, whoMay } from './abilities';
import { directiveActs } from './acts';
import { type DirectiveRelations } from './subjects';

const relations: DirectiveRelations = {
  leads: ['land'],
  coordinating: ['culture'],
  assigningLeader: 'tam',
  trackingOfficer: 'yen',
};

function caller(person: string, ...offices: readonly Partial<CallerOffice>[]): Caller {
  return {
    organization: 'o',
    zone: 'Asia/Ho_Chi_Minh',
    account: person,
    person,
    name: person,
    offices: offices.map((office) => ({
      ...{ role: 'staff' as const, agency: null, ofOffice: false, onBehalfOf: null },
      ...office,
    })),
  };
}

const acts = (who: Caller) =>
  directiveActs.filter((act) => permissionTo(who, 'directive', act, relations) !== null);

describe('who may do what with a directive', () => {
  it.each<[string, Caller, readonly string[], boolean]>([
    [
      'staff of the lead',
      caller('an', { agency: 'land' }),
      ['accept', 'return', 'request-extension', 'report', 'propose-resumption'],
      true,
    ],
    [
      'the head of the lead',
      caller('phong', { role: 'agency-head', agency: 'land' }),
      [
        ...['accept', 'return', 'assign-person', 'hand-on', 'request-extension', 'report', 'approve-report'],
        ...['return-report', 'propose-resumption'],
      ],
      true,
    ],
    ['the head of another agency', caller('quy', { role: 'agency-head', agency: 'finance' }), [], false],
    ['staff of a coordinating agency', caller('binh', { agency: 'culture' }), [], true],
    ['staff of another agency', caller('chi', { agency: 'finance' }), [], false],
    [
      'a clerk',
      caller('dung', { role: 'clerk' }),
      [
        ...['reassign', 'transfer', 'set-deadline', 'verify', 'send-back', 'urge', 'propose-resumption'],
        'move-rules',
      ],
      true,
    ],
    [
      'the Chief of Office',
      caller('hoa', { role: 'agency-head', agency: 'office', ofOffice: true }),
      [
        ...['reassign', 'transfer', 'set-deadline', 'verify', 'send-back', 'urge', 'propose-resumption'],
        'move-rules',
      ],
      true,
    ],
    ['staff of the Office', caller('hai', { agency: 'office', ofOffice: true }), [], false],
    ['a vice-chair who did not give it', caller('giang', { role: 'vice-chair' }), [], true],
    [
      'the vice-chair who gave it',
      caller('tam', { role: 'vice-chair' }),
      [
        ...['reassign', 'transfer', 'set-deadline', 'extend', 'verify', 'send-back', 'urge', 'suspend'],
        ...['resume', 'replace', 'move-rules', 'cancel'],
      ],
      true,
    ],
    [
      'the chair',
      caller('hai', { role: 'chair' }),
      [
        ...['reassign', 'transfer', 'set-deadline', 'extend', 'urge', 'suspend', 'resume', 'replace'],
        ...['move-rules', 'cancel'],
      ],
      true,
    ],
    ['an administrator', caller('khoi', { role: 'administrator' }), [], true],
    ['somebody without an office', caller('long'), [], false],
  ])('%s', (_title, who, allowed, sees) => {
    expect(acts(who)).toEqual(allowed);
    expect(maySee(who, 'directive', relations)).toBe(sees);
  });

  it('says for every act who may do it, in both languages', () => {
    for (const act of directiveActs) {
      const { vi, en } = whoMay('directive', act);
      expect([act, vi.length > 3, en.length > 3, vi === en]).toEqual([act, true, true, false]);
    }
    expect(whoMay('directive', 'verify')).toEqual({
      vi: 'chuyên viên Văn phòng, Chánh Văn phòng, chuyên viên theo dõi, lãnh đạo giao nhiệm vụ',
      en: 'clerks of the Office, the Chief of Office, the tracking officer, the leader who gave it',
    });
  });

  it('says in whose place a delegate acts, and puts the own office first', () => {
    const delegate = caller('my', { role: 'vice-chair', onBehalfOf: 'tam' });
    expect(permissionTo(delegate, 'directive', 'extend', relations)).toEqual({ onBehalfOf: 'tam' });
    const both = caller('nam', { role: 'chair', onBehalfOf: 'hai' }, { role: 'chair' });
    expect(permissionTo(both, 'directive', 'extend', relations)).toEqual({ onBehalfOf: null });
  });
});

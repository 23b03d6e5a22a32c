import { type Acts, type Kind } from './acts';
import { type Subjects } from './subjects';
import { headOf, inPerson, named, ofOffice, role, staffOf, type Who } from './who';

/** For each act those who may do it: any of them. */
type Authority = {
  readonly [K in Kind]: Readonly<Record<Acts[K], readonly Who<Extract<keyof Subjects[K], string>>[]>>;
};

const clerks = role(['clerk'], 'chuyên viên Văn phòng', 'clerks of the Office');
const chair = role(['chair'], 'Chủ tịch', 'the chair');
const administrators = role(['administrator'], 'quản trị viên', 'administrators');
const chiefOfOffice = ofOffice(role(['agency-head'], 'Chánh Văn phòng', 'the Chief of Office'));
const overseers = [
  role(
    ['clerk', 'vice-chair', 'chair', 'administrator'],
    'chuyên viên Văn phòng, lãnh đạo và quản trị viên',
    'clerks of the Office, leaders and administrators',
  ),
  chiefOfOffice,
] as const;

const lead = staffOf('leads', 'cán bộ của cơ quan chủ trì', 'staff of the lead agency');
const leadHead = headOf('leads', 'thủ trưởng cơ quan chủ trì', 'the head of the lead agency');
const coordinating = staffOf('coordinating', 'cán bộ của cơ quan phối hợp', 'staff of coordinating agencies');
const tracking = named('trackingOfficer', 'chuyên viên theo dõi', 'the tracking officer');
const assigning = named('assigningLeader', 'lãnh đạo giao nhiệm vụ', 'the leader who gave it');
const inCharge = named('inCharge', 'lãnh đạo phụ trách', 'the leader in charge');
const addressed = named('addressed', 'lãnh đạo được trình', 'the leaders it was brought before');
const decider = named('decidedBy', 'người đã quyết định', 'whoever decided');
const asked = staffOf('agencies', 'cán bộ của cơ quan được hỏi ý kiến', 'staff of the agency that is asked');

const gave = [assigning, chair] as const;
const office = [clerks, chiefOfOffice] as const;
const follows = [...office, tracking, ...gave] as const;
const verifies = [...office, tracking, assigning] as const;
const concerned = [...overseers, lead, coordinating, assigning, tracking] as const;

/**
 * Who may do what to what: role × agency × relation. What happens inside an agency is its head's; time, the lead, suspension
 * and cancellation belong to the leaders who gave the directive; the Office follows, urges and verifies. That a reporter
 * never verifies is the machines' own rule, by who did what before; that they take an act at all is theirs too.
 */
export const authority: Authority = {
  directive: {
    see: concerned,
    // What was said within the agency before it answered.
    'see-inside': [lead],
    accept: [lead],
    return: [lead],
    report: [lead],
    'request-extension': [lead],
    'ask-opinions': [lead],
    'demand-explanation': [assigning, inCharge, chair],
    'assign-person': [leadHead],
    'approve-report': [leadHead],
    'return-report': [leadHead],
    'hand-on': [leadHead],
    reassign: follows,
    transfer: follows,
    'set-deadline': follows,
    urge: follows,
    'move-rules': follows,
    verify: verifies,
    'send-back': verifies,
    'propose-resumption': [lead, ...office, tracking],
    extend: gave,
    suspend: gave,
    resume: gave,
    replace: gave,
    cancel: gave,
  },
  escalation: {
    see: [addressed],
    acknowledge: [addressed],
    decide: [addressed],
    undo: [addressed],
    'carry-out': [inPerson(decider)],
  },
  explanation: {
    see: [
      ...overseers,
      staffOf('agencies', 'cán bộ của cơ quan phải giải trình', 'staff of the agency that explains'),
    ],
    submit: [
      headOf('agencies', 'thủ trưởng cơ quan phải giải trình', 'the head of the agency that explains'),
    ],
    accept: [named('demandedBy', 'lãnh đạo yêu cầu giải trình', 'the leader who demanded it')],
    'ask-again': [named('demandedBy', 'lãnh đạo yêu cầu giải trình', 'the leader who demanded it')],
    withdraw: [named('demandedBy', 'lãnh đạo yêu cầu giải trình', 'the leader who demanded it')],
  },
  consultation: {
    see: [...overseers, lead, asked, assigning, tracking],
    reply: [asked],
    withdraw: [lead],
  },
  delegation: {
    // What is held for somebody else is not passed on.
    give: [inPerson(named('from', 'chính người ủy quyền', 'whoever is absent')), inPerson(administrators)],
    end: [
      inPerson(named('from', 'người ủy quyền', 'whoever is absent')),
      inPerson(named('to', 'người được ủy quyền', 'the delegate')),
      administrators,
    ],
  },
  'standing-directive': { see: concerned, end: gave },
  'reporting-obligation': { see: concerned, report: [lead], accept: verifies, 'send-back': verifies },
  'extension-request': {
    see: [named('recipients', 'người được trình', 'whom it waits for')],
    // Until the head lets it leave, it is the agency's own.
    'see-inside': [lead],
    approve: [leadHead],
    decline: [leadHead],
    withdraw: [lead],
    decide: [named('approvers', 'người quyết định theo quy chế', 'whom the rules let decide')],
    undo: [decider],
    'carry-out': [inPerson(decider)],
  },
  'remote-part': { withdraw: [leadHead], 'change-order': [leadHead] },
  dispatch: { 'send-again': [administrators], drop: [administrators] },
  organization: {
    'see-all': overseers,
    'give-standing-directive': [
      role(
        ['clerk', 'vice-chair', 'chair'],
        'chuyên viên Văn phòng và lãnh đạo',
        'clerks of the Office and leaders',
      ),
      chiefOfOffice,
    ],
    'sit-in-meeting': overseers,
  },
  operation: { call: [] },
};

/** Events that no person sends: they follow from others, in the same transaction or by the system. */
export const toldEvents: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  directive: [
    'stood-in',
    ...['consultation-asked', 'consultation-ended', 'child-ended', 'escalation-raised', 'escalation-decided'],
    ...['extension-requested', 'extension-decided'],
  ],
  escalation: ['withdraw', 'not-carried-out'],
  consultation: ['end'],
  'standing-directive': ['obligation-opened', 'obligation-ended'],
  'reporting-obligation': ['withdraw', 'stood-in'],
  'remote-part': ['not-received', 'state-received'],
  'extension-request': ['not-carried-out'],
};

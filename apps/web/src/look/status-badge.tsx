import type { DirectiveRow } from '../api/client';
import { type Words, useWords } from '../words/words';
import { Icon, type IconName } from './icon';

export type Tone = 'bad' | 'warn' | 'good' | 'wait' | 'info' | 'plain';

interface BadgeProps {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: string;
}

/** Colour never alone: always with words, and mostly with a sign. */
export function Badge({ tone, icon, children }: BadgeProps) {
  return (
    <span className={`badge tone-${tone}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

const works: Readonly<Record<string, readonly [Tone, IconName]>> = {
  assigned: ['info', 'inbox'],
  returned: ['warn', 'back'],
  'in-progress': ['info', 'forward'],
  'awaiting-head': ['wait', 'person'],
  reported: ['wait', 'shield'],
  replaced: ['plain', 'back'],
  closed: ['good', 'check'],
  cancelled: ['plain', 'ban'],
  suspended: ['plain', 'pause'],
};

export function WorkBadge({ state }: { readonly state: string }) {
  const { sayCode } = useWords();
  const [tone, icon] = works[state] ?? ['plain', 'clock'];
  return (
    <Badge tone={tone} icon={icon}>
      {sayCode('work', state)}
    </Badge>
  );
}

const times: Readonly<Record<string, readonly [Tone, IconName]>> = {
  overdue: ['bad', 'alert'],
  'near-due': ['warn', 'hourglass'],
  within: ['good', 'clock'],
  'no-deadline': ['plain', 'minus'],
  'on-time': ['good', 'check'],
  late: ['bad', 'alert'],
};

/** "còn 3 ngày làm việc" of a directive that is underway; null when there is no deadline or nothing runs. */
export function timeLeft({ lateness, deadline }: DirectiveRow, { say }: Words): string | null {
  if (!deadline || lateness.time === null) return null;
  const left = deadline.workingDaysLeft;
  const over = Math.abs(left);
  if (lateness.overdue) {
    if (over === 0) return say('left.overToday');
    return over === 1 ? say('left.overOne') : say('left.over', { count: over });
  }
  if (left === 0) return say('left.today');
  return left === 1 ? say('left.oneDay') : say('left.days', { count: left });
}

export function TimeBadge({ directive }: { readonly directive: DirectiveRow }) {
  const words = useWords();
  const { lateness } = directive;
  const code = lateness.completion ?? (lateness.overdue ? 'overdue' : lateness.time);
  if (code === null) return null;
  const [tone, icon] = times[code] ?? ['plain', 'clock'];
  return (
    <Badge tone={tone} icon={icon}>
      {words.sayCode('late', code)}
    </Badge>
  );
}

export function UrgencyBadge({ urgency }: { readonly urgency: string }) {
  const { sayCode } = useWords();
  if (urgency === 'normal') return null;
  return (
    <Badge tone="bad" icon="spark">
      {sayCode('urgency', urgency)}
    </Badge>
  );
}

import { actWords } from './act-words';
import { boardWords } from './board-words';
import { deskWords } from './desk-words';
import { calendarWords } from './calendar-words';
import { directoryWords } from './directory-words';
import { courseWords } from './course-words';
import { decisionWords } from './decision-words';
import { directiveWords } from './directive-words';
import { intakeWords } from './intake-words';
import { leaderWords } from './leader-words';
import { matterWords } from './matter-words';
import { operationsWords } from './operations-words';
import { rulesWords } from './rules-words';
import { shellWords } from './shell-words';
import { tourWords } from './tour-words';

/** Every string of the page: Vietnamese, then English. What the API says in both languages is not repeated here. */
export const catalogue = {
  ...shellWords,
  ...directiveWords,
  ...actWords,
  ...leaderWords,
  ...decisionWords,
  ...courseWords,
  ...tourWords,
  ...intakeWords,
  ...matterWords,
  ...boardWords,
  ...deskWords,
  ...rulesWords,
  ...calendarWords,
  ...operationsWords,
  ...directoryWords,
} as const;

export type WordKey = keyof typeof catalogue;

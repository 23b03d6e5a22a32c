import { type Body } from './bodies';

/** How a stretch of text orders something, or `none` when it only tells. */
export interface Clause {
  /** `cue`: "giao X …"; `subject`: "X chủ trì …", "X: …"; `imperative`: opens with a verb of order; `none`: a narrative. */
  readonly form: 'cue' | 'subject' | 'imperative' | 'none';
  /** Where the order begins; before it stands an approval or an account. */
  readonly start: number;
  readonly doers: readonly Body[];
  /** Where what is to be done begins. */
  readonly duty: number;
  /** "UBND xã chỉ đạo Phòng Kinh tế …": who is said to ask. In a notice of the Party it is the doer. */
  readonly asker?: Body;
  /** Id of the rule that read it. */
  readonly rule: string;
}

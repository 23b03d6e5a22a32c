import { checkedPayload } from '../lifecycle/declared-events';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { admitType } from './event-admission';
import { type InstanceProgress } from './instance-progress';
import { type Actor, type StoredEvent } from './records';

/**
 * Applies what somebody sends: unlike what instances send to each other, its payload is held to what the lifecycle
 * declares. Pure. @throws LifecycleFault
 */
export function applyCommand(
  target: InstanceProgress,
  { event, actor }: { readonly event: StoredEvent; readonly actor: Actor },
  at: Instant,
): Refusal | null {
  const declared = target.lifecycle.events[event.type];
  if (!declared?.payload) return target.apply(event, actor, at);
  // Guards may rely on a payload that fits; but an event that has no place is refused as such.
  const checked = admitType(target.state, event.type) ?? checkedPayload(declared, event);
  return isRefusal(checked) ? checked : target.apply(checked.event, actor, at);
}

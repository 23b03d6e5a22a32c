import { canonicalJson, type JsonValue } from '../engine/canonical-json';
import { readTraceparent, spanned } from '../observation/spans';
import { type OutboxRow } from './outbox-statements';

/** A span of its own, with a link to the transition that asked for the effect. */
export function traced<T>({ effect, instance_id, trace }: OutboxRow, work: () => Promise<T>): Promise<T> {
  const asked = readTraceparent(trace);
  const attributes = { 'workflow.effect': effect, 'workflow.instance': instance_id };
  return spanned('workflow effect', { parent: null, links: asked ? [asked] : [] }, attributes, work);
}

/** What a handler returned, as JSON. @throws NotStorableError */
export function storable(output: unknown): JsonValue {
  const value = output ?? null;
  canonicalJson(value);
  return value as JsonValue;
}

/** Whether a transition on `descriptor`, which may be a wildcard, is there for events of `type`. */
export function takes(descriptor: string, type: string): boolean {
  if (descriptor === '*') return true;
  if (!descriptor.endsWith('.*')) return descriptor === type;
  const prefix = descriptor.slice(0, -2);
  return type === prefix || type.startsWith(`${prefix}.`);
}

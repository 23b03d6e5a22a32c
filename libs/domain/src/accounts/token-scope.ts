/** `read` or `act`, of everything or of one kind of thing: `read`, `act:directives`. */
const form = /^(?:read|act)(?::[a-z][a-z-]{0,40})?$/;

export const isScope = (text: string): boolean => form.test(text);

/**
 * Whether a token may be used for a request. What belongs to a person alone (passwords, sessions, tokens) no token may
 * touch, whatever its scopes: whoever finds one must not be able to make more of it.
 * @param path below `/api/v1/`
 */
export function isWithinScopes(scopes: readonly string[], method: string, path: string): boolean {
  const [kind = '', ...rest] = path.split('/');
  if (kind === 'auth') return method === 'GET' && rest.join('/') === 'me';
  const verb = method === 'GET' || method === 'HEAD' ? 'read' : 'act';
  return scopes.includes(verb) || scopes.includes(`${verb}:${kind}`);
}

import { isScope, isWithinScopes } from './token-scope';

describe('scopes of a token', () => {
  it.each(['read', 'act', 'read:directives', 'act:working-rules'])('are written %s', (text) => {
    expect(isScope(text)).toBe(true);
  });

  it.each(['', 'write', 'read:', 'read:*', 'READ', 'read directives', 'act:a:b', 'read:../x'])(
    'are not written %j',
    (text) => {
      expect(isScope(text)).toBe(false);
    },
  );

  it.each([
    [['read'], 'GET', 'directives/1', true],
    [['read'], 'POST', 'directives/1/accept', false],
    [['read', 'act:files'], 'POST', 'files', true],
    [['read', 'act:files'], 'POST', 'directives/1/accept', false],
    [['read:inbox'], 'GET', 'inbox', true],
    [['read:inbox'], 'GET', 'directives', false],
    [['act'], 'GET', 'directives', false],
    [['act:directives'], 'DELETE', 'directives/1', true],
    [[], 'GET', 'auth/me', true],
    [['read', 'act'], 'POST', 'auth/tokens', false],
    [['read', 'act'], 'GET', 'auth/tokens', false],
    [['read', 'act'], 'POST', 'auth/password', false],
  ])('%j: %s %s is %s', (scopes, method, path, within) => {
    expect(isWithinScopes(scopes, method, path)).toBe(within);
  });
});

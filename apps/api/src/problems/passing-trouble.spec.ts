import { passingTrouble } from './passing-trouble';

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), { ...(code && { code }) });

describe('trouble that passes', () => {
  it.each([
    ['a statement that took too long', failure('canceling statement', '57014'), 'too-slow'],
    ['a deadlock', failure('deadlock detected', '40P01'), 'try-again'],
    ['too many connections', failure('sorry, too many clients already', '53300'), 'try-again'],
    ['a server that is stopping', failure('terminating connection', '57P01'), 'try-again'],
    ['a server that is not there', failure('connect ECONNREFUSED', 'ECONNREFUSED'), 'try-again'],
    ['a pool without a free connection', failure('timeout exceeded when trying to connect'), 'try-again'],
    ['a connection that broke', failure('Connection terminated unexpectedly'), 'try-again'],
  ])('is told from a fault: %s', (_title, error, code) => {
    expect(passingTrouble(error)?.code).toBe(code);
  });

  it.each([
    ['a row that may not be', failure('violates unique constraint', '23505')],
    ['a mistake of ours', failure('x is not a function')],
    ['what is no error', 'timeout exceeded when trying to connect'],
  ])('is not %s', (_title, error) => {
    expect(passingTrouble(error)).toBeNull();
  });
});

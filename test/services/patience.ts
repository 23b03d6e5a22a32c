/** Servers and processes answer later than functions do; a test that takes longer than this hangs. */
jest.setTimeout(60_000);

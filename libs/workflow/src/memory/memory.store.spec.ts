import { RevisionConflict } from '../engine/store.port';
import { storeContract } from '../testing/index';
import { MemoryStore } from './memory.store';

storeContract('memory', () => {
  const store = new MemoryStore(() => Date.UTC(2026, 9, 5, 5));
  return Promise.resolve({
    store,
    concurrent: false,
    isTransient: (error) => error instanceof RevisionConflict,
    outbox: (organization) => Promise.resolve(store.outbox(organization)),
    close: () => Promise.resolve(),
  });
});

import { leaveRequest } from '../testing/leave-request.lifecycle';
import { onlyTheirOwn, runtimeCallsContract } from '../testing/runtime-calls.contract';
import { MemoryRuntime } from './memory.runtime';

describe('calls of the runtime in memory', () => {
  runtimeCallsContract(() => {
    const runtime = new MemoryRuntime({
      lifecycles: [leaveRequest],
      now: Date.UTC(2026, 9, 5, 5),
      hooks: { authorize: onlyTheirOwn },
    });
    return {
      runtime,
      newId: runtime.newId,
      now: () => Promise.resolve(runtime.now),
      sleep: (milliseconds) => {
        runtime.sleepTo(runtime.now + milliseconds);
        return Promise.resolve();
      },
    };
  });
});

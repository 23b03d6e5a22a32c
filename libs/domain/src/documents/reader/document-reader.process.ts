import { carryOut, type ReadingJob } from './reading-job';

/** The other end of `DocumentReader`: one job at a time, in its own process and its own memory. */
process.on('message', (job: ReadingJob) => {
  void carryOut(job).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  );
});

// Whoever asked is gone.
process.on('disconnect', () => process.exit());

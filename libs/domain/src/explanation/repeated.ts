import { moment, type ExplainedEvent, type ForeseenEvent } from './words';

/** As many of the same in a row are told one by one. */
const FEW = 2;

/** What comes again and again is told once, with how often it still comes and until when. In order of time. Pure. */
export function withoutRepeats(events: readonly ForeseenEvent[], zone: string): readonly ExplainedEvent[] {
  const runs: ForeseenEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.what.vi === event.what.vi && run[0].article === event.article) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run): readonly ExplainedEvent[] => {
    const [first] = run;
    const last = run.at(-1);
    const told = run.map(({ at, article, vi, en }) => ({ at, article, vi, en }));
    if (!first || !last || run.length <= FEW) return told;
    const until = moment(last.at, zone);
    const more = run.length - 1;
    return [
      {
        ...{ at: first.at, article: first.article },
        vi: `${first.vi} Sau đó còn ${more} lần như vậy, lần cuối ${until.vi}.`,
        en: `${first.en} Then ${more} more times, the last at ${until.en}.`,
      },
    ];
  });
}

import { type Explanation, type ExplainedEvent } from '@dondoc/domain/explanation/explain-directive';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const words = { vi: z.string(), en: z.string() };
const event = z.object({ at: z.iso.datetime(), article: z.string().nullable(), ...words });

export class DirectiveExplanationDto extends createZodDto(
  z.object({
    summary: z.array(z.object(words)).describe('A few sentences that can be read out in a meeting.'),
    standing: z.object(words),
    deadline: z.object({ sentences: z.array(z.object(words)), warnings: z.array(z.object(words)) }),
    past: z.array(event),
    next: z.array(event).describe('What happens if nobody acts.'),
  }),
) {}

const eventView = ({ at, article, vi, en }: ExplainedEvent) => ({
  at: new Date(at).toISOString(),
  article,
  vi,
  en,
});

/** An explanation with its instants as the API writes them. */
export function explanationView({ summary, standing, deadline, past, next }: Explanation) {
  return { summary, standing, deadline, past: past.map(eventView), next: next.map(eventView) };
}

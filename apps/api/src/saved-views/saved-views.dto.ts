import { latenessFilters } from '@dondoc/domain/directives/directive-lateness';
import { workStates } from '@dondoc/domain/lifecycles/directive-state';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** What the list of directives is asked with, and how it is shown. */
const filters = z.strictObject({
  q: z.string().trim().min(1).max(200).optional(),
  state: z.enum(workStates).optional(),
  lateness: z.enum(latenessFilters).optional(),
  lead: z.uuid().optional(),
  open: z.enum(['true', 'false']).optional(),
  order: z.enum(['assigned', 'due']).optional(),
  show: z.enum(['table', 'columns']).optional(),
});

const name = z.string().trim().min(1).max(80);
const view = z.object({ id: z.uuid(), name: z.string(), filters });

export class SavedViewDto extends createZodDto(view) {}
export class SavedViewsDto extends createZodDto(z.object({ items: z.array(view) })) {}
export class RemovedViewDto extends createZodDto(z.object({ id: z.uuid() })) {}

export class SaveViewDto extends createZodDto(
  z
    .strictObject({ name, filters })
    .meta({ example: { name: 'Quá hạn trong tuần', filters: { lateness: 'overdue' } } }),
) {}

import {
  checkRules,
  previewRules,
  putRulesInForce,
  type RulesPreview,
} from '@dondoc/domain/organizations/rules-in-force';
import { listRules, rulesVersion } from '@dondoc/domain/organizations/rules-versions';
import { rulesJsonSchema } from '@dondoc/domain/working-rules/rules-json-schema';
import { isRefusal } from '@dondoc/workflow';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { Does, Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  CheckRulesDto,
  PreviewRulesDto,
  PutRulesInForceDto,
  RulesCheckDto,
  RulesPreviewDto,
  RulesSchemaDto,
  RulesVersionDto,
  RulesVersionsDto,
} from './working-rules.dto';

const iso = (at: number): string => new Date(at).toISOString();
const span = (moved: { readonly from: number; readonly to: number } | null) =>
  moved && { from: iso(moved.from), to: iso(moved.to) };
const dated = <T extends { readonly at: number }>(rungs: readonly T[]) =>
  rungs.map((rung) => ({ ...rung, at: iso(rung.at) }));

function shown({ ifMoved, ...preview }: RulesPreview) {
  const items = ifMoved.items.map(({ deadline, nearDue, returnBy, rungs, ...item }) => ({
    ...item,
    deadline: deadline === null ? null : iso(deadline),
    nearDue: span(nearDue),
    returnBy: span(returnBy),
    rungs: {
      added: dated(rungs.added),
      dropped: dated(rungs.dropped),
      moved: dated(rungs.moved).map((rung) => ({ ...rung, from: iso(rung.from) })),
      changed: dated(rungs.changed),
    },
  }));
  return { ...preview, ifMoved: { ...ifMoved, items } };
}

@ApiTags('working rules')
@Controller('working-rules')
export class WorkingRulesController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Roles(...everyRole)
  @Look({ summary: 'All versions of the working rules, the newest first', answer: RulesVersionsDto })
  list(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listRules(tx) }));
  }

  @Get('schema')
  @Roles(...everyRole)
  @Look({ summary: 'The form of a rules document, as JSON Schema (2020-12)', answer: RulesSchemaDto })
  schema() {
    return rulesJsonSchema();
  }

  @Get('versions/:version')
  @Roles(...everyRole)
  @Look({ summary: 'One version of the working rules', answer: RulesVersionDto, problems: [400, 404] })
  version(@Asked() request: AuthenticatedRequest, @Param('version', ParseIntPipe) version: number) {
    return this.acts.read(request, (tx) => rulesVersion(tx, version));
  }

  @Post('check')
  @HttpCode(200)
  @Roles('administrator')
  @Look({
    summary: 'Whether a document could be the next version, and what it says otherwise; changes nothing',
    answer: RulesCheckDto,
  })
  check(@Asked() request: AuthenticatedRequest, @Body() { document }: CheckRulesDto) {
    return this.acts.read(request, (tx) => checkRules(tx, document));
  }

  @Post('preview')
  @HttpCode(200)
  @Roles('administrator')
  @Look({
    summary: 'What a document would do as the next version of the rules; changes nothing',
    answer: RulesPreviewDto,
  })
  preview(@Asked() request: AuthenticatedRequest, @Body() { document, most }: PreviewRulesDto) {
    return this.acts.read(request, async (tx) => {
      const preview = await previewRules(tx, document, most);
      return isRefusal(preview) ? preview : shown(preview);
    });
  }

  @Post()
  @Roles('administrator')
  @Does({
    summary: 'Put a document in force as the next version; open directives keep theirs',
    answer: RulesVersionDto,
    created: true,
  })
  putInForce(@Asked() request: AuthenticatedRequest, @Body() { document, note }: PutRulesInForceDto) {
    const by = request.caller.person;
    return this.acts.perform(request, (tx) => putRulesInForce(tx, { document, note, by }));
  }
}

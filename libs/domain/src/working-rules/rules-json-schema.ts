import { z } from 'zod';
import { authoredRulesForm, ruleNames, type RuleName } from './rules-form';
import { settingWords } from './setting-words';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The form of a rules document as JSON Schema (2020-12), for editors and other programs. What values have to be to each
 * other is checked when the document is read. Made from the form itself, so the two cannot differ.
 */
export function rulesJsonSchema(): Schema {
  const { $schema, ...form } = z.toJSONSchema(authoredRulesForm, { io: 'input', reused: 'ref' });
  const properties = { ...(form.properties as Record<string, Schema>) };
  for (const name of ruleNames) properties[name] = described(name, properties[name] ?? {});
  return {
    $schema,
    title: 'Quy chế làm việc / Working rules (Đôn Đốc)',
    description:
      'Mọi giá trị đều kèm điều, mục của quy chế và căn cứ. / Each value stands beside its article and its legal basis.',
    ...form,
    properties,
    // Whoever inherits nothing leaves nothing out.
    if: { properties: { inherits: { type: 'null' } } },
    then: { required: ruleNames },
  };
}

function described(name: RuleName, schema: Schema): Schema {
  const { vi, en } = settingWords[name];
  return { title: vi, description: en, ...schema };
}

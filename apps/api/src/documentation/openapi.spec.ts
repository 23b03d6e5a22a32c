import { apiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { NestFactory } from '@nestjs/core';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiModule } from '../api.module';
import { setRoutePrefix } from '../route-prefix';
import { describeApi } from './documentation';
import { nowhere } from './nowhere';

describe('the description of the API', () => {
  const described = async () => {
    const module = ApiModule.of(apiConfiguration(nowhere));
    const application = await NestFactory.create(module, {
      preview: true,
      logger: false,
      abortOnError: false,
    });
    setRoutePrefix(application);
    return describeApi(application);
  };

  it('is made without starting anything, and tells what may be null from what is a list', async () => {
    const document = await described();
    expect(document.paths).toHaveProperty(['/api/v1/directives/{id}/report', 'post']);
    const schemas = document.components?.schemas as Record<string, { properties: Record<string, unknown> }>;
    expect(schemas['DirectiveDto']?.properties).toMatchObject({
      sectionRef: { type: ['string', 'null'] },
      coordinating: { type: 'array', items: { type: 'object' } },
    });
    expect(schemas['ReassignDto']?.properties['lead']).toMatchObject({
      type: 'array',
      items: { type: 'string' },
    });
  });

  it('has every shape under a name of its own: of two with one name only one would be told', () => {
    const root = join(__dirname, '..');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const names = files.flatMap((name) =>
      [...readFileSync(join(root, name), 'utf8').matchAll(/^(?:export )?class (\w+Dto)\b/gm)].map(
        ([, dto]) => dto,
      ),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export interface SchemaField {
  /** `routing/input.ts createRoutingSchema` */
  readonly owner: string;
  readonly name: string;
  readonly schema: z.ZodType;
}

const ROOM = resolve('lib/domain');

/** Every field of every object in every exported schema of lib/domain, found by importing all of it. */
export async function listDomainFields(): Promise<SchemaField[]> {
  const files = readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
  const fields: SchemaField[] = [];
  for (const file of files) {
    const exported: Record<string, unknown> = await import(join(ROOM, file));
    for (const [name, value] of Object.entries(exported)) {
      if (value instanceof z.ZodType) walk(value, `${file} ${name}`, fields);
    }
  }
  return fields;
}

function walk(schema: z.ZodType, owner: string, fields: SchemaField[]): void {
  if (schema instanceof z.ZodObject) {
    for (const [name, field] of Object.entries<z.ZodType>(schema.shape)) {
      fields.push({ owner, name, schema: field });
      walk(field, owner, fields);
    }
  }
  for (const inner of innerOf(schema)) walk(inner, owner, fields);
}

function innerOf(schema: z.ZodType): z.ZodType[] {
  const inner: unknown[] =
    schema instanceof z.ZodPipe
      ? [schema.in, schema.out]
      : schema instanceof z.ZodIntersection
        ? [schema.def.left, schema.def.right]
        : schema instanceof z.ZodUnion
          ? [...schema.options]
          : schema instanceof z.ZodArray
            ? [schema.element]
            : schema instanceof z.ZodRecord
              ? [schema.valueType]
              : 'unwrap' in schema && typeof schema.unwrap === 'function'
                ? [schema.unwrap()]
                : [];
  return inner.filter((one) => one instanceof z.ZodType);
}

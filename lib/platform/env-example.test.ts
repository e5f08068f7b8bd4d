import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envSchema } from './env';

test('.env.example names every setting with its description, and no other', () => {
  const example = readFileSync('.env.example', 'utf8');
  const documented = [...example.matchAll(/^# (.+)\n([A-Z0-9_]+)=/gm)].map(([, about, name]) => [
    name,
    about,
  ]);
  const settings = Object.entries(envSchema.shape).map(([name, schema]) => [name, schema.description]);
  expect(documented).toEqual(settings);
});

test('.env.example holds no secret: what must be kept is left empty', () => {
  const example = readFileSync('.env.example', 'utf8');
  const kept = [...example.matchAll(/^(\w*(?:SECRET|PRIVATE|PUBLIC)\w*)=(.*)$/gm)];
  expect(kept.length).toBeGreaterThan(2);
  for (const [, , value] of kept) expect(value).toBe('');
});

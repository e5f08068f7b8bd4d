import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-arrows-'));
  for (const file of ['biome.json', '.gitignore', 'tsconfig.json']) copyFileSync(file, join(root, file));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function lint(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
  const result = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=50', '.'], {
    cwd: root,
    encoding: 'utf8',
  });
  return `${result.stdout}${result.stderr}\nexit ${result.status}`;
}

const importing = (specifier: string) => `import { x } from '${specifier}';\nexport const y = x;\n`;

describe('an arrow that points the wrong way fails the lint', () => {
  test.each([
    ['lib/domain/a.ts', '@/lib/platform/env', 'lib/domain is pure'],
    ['lib/domain/a.ts', 'pg', 'lib/domain does no I/O'],
    ['lib/domain/a.ts', 'node:fs', 'lib/domain does no I/O'],
    ['lib/platform/a.ts', '@/lib/services/routing/get', 'lib/platform adapts SDKs'],
    ['lib/services/a.ts', '@/lib/auth/require-ctx', 'A verb knows no transport'],
    ['lib/services/a.ts', 'bullmq', 'Only lib/platform imports an SDK'],
    ['lib/auth/a.ts', '@/app/page', 'lib/auth sits below app'],
    ['components/a.tsx', '@/lib/services/routing/get', 'Components take props'],
    ['components/ui/a.tsx', '@/lib/domain/errors', 'knows no domain word'],
    ['app/a.ts', '@/workers/main', 'app and workers never import each other'],
    ['app/a.ts', '@prisma/client', 'A route calls one verb'],
    ['app/a.ts', '@/lib/platform/secret-box/opener', 'Only workers open'],
    ['lib/auth/a.ts', '@/lib/platform/secret-box/opener', 'Only workers open'],
    ['lib/services/a.ts', '@/lib/platform/secret-box/opener', 'Only workers open'],
    ['workers/a.ts', '@/app/page', 'Workers never import app'],
    ['workers/a.ts', 'next', 'Workers never import app'],
    ['workers/a.ts', '@aws-sdk/client-s3', 'Only lib/platform imports an SDK'],
    ['lib/services/a.ts', '../platform/env', 'Write imports across rooms'],
    ['workers/a.ts', '@/lib/testing/database', 'lib/testing is for'],
  ])('%s may not import %s', (file, specifier, message) => {
    const output = lint({ [file]: importing(specifier) });
    expect(output).toContain('noRestrictedImports');
    expect(output).toContain(message);
    expect(output).toContain('exit 1');
  });

  test('the arrows that DO exist pass', () => {
    const output = lint({
      'lib/domain/a.ts': 'export const x = 1;\n',
      'lib/platform/b.ts': importing('@/lib/domain/a').replace('y', 'x2'),
      'workers/c.ts': importing('@/lib/domain/a'),
    });
    expect(output).toContain('exit 0');
  });
});

describe('the other structural rules bite', () => {
  test('a cycle between two files', () => {
    const output = lint({
      'lib/domain/a.ts': "import { b } from './b';\nexport const a = () => b;\n",
      'lib/domain/b.ts': "import { a } from './a';\nexport const b = () => a;\n",
    });
    expect(output).toContain('noImportCycles');
    expect(output).toContain('exit 1');
  });

  test('a file over 350 lines', () => {
    const output = lint({
      'lib/domain/a.ts': Array.from({ length: 351 }, (_, n) => `export const a${n} = ${n};`).join('\n'),
    });
    expect(output).toContain('noExcessiveLinesPerFile');
  });

  test('a function over 80 lines', () => {
    const body = Array.from({ length: 81 }, (_, n) => `  total += ${n};`).join('\n');
    const output = lint({
      'lib/domain/a.ts': `export function a(start: number): number {\n  let total = start;\n${body}\n  return total;\n}\n`,
    });
    expect(output).toContain('noExcessiveLinesPerFunction');
  });

  test('any, and the environment read outside its room', () => {
    const output = lint({ 'lib/services/a.ts': 'export const a: any = process.env.HOME;\n' });
    expect(output).toContain('noExplicitAny');
    expect(output).toContain('noProcessEnv');
  });

  test('a promise that nobody awaits', () => {
    const output = lint({
      'lib/services/a.ts':
        'async function a(): Promise<number> {\n  return 1;\n}\nexport function b(): void {\n  a();\n}\n',
    });
    expect(output).toContain('noFloatingPromises');
  });
});

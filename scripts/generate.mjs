// Plain JavaScript: what is generated here is imported by everything that runs after it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolEnvironment } from './install.mjs';

const marker = join(root, 'lib', 'platform', 'db', 'generated', '.schema-hash');

/** Generates the Prisma client when the schema or the packages have changed. */
export function ensureGenerated() {
  const hash = createHash('sha256');
  for (const file of ['prisma/schema.prisma', 'package-lock.json'])
    hash.update(readFileSync(join(root, file)));
  const wanted = hash.digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js');
  const options = { cwd: root, env: toolEnvironment(), encoding: 'utf8' };
  const result = spawnSync(process.execPath, [prisma, 'generate'], options);
  if (result.status !== 0) {
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}\nThe Prisma client could not be generated.\n`,
    );
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}

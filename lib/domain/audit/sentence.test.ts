import { expect, test } from 'vitest';
import { auditSentence } from './sentence';

const tell = (action: string, detail: Record<string, unknown> = {}, targetName: string | null = null) =>
  auditSentence({ action, detail, targetName });

test('known actions read as sentences with the name of what they were done to', () => {
  expect(tell('routing.pause', {}, 'Main site')).toBe('paused the routing “Main site”');
  expect(tell('routing.update', { changed: ['bucket', 'region'] }, 'Main site')).toBe(
    'changed bucket, region of the routing “Main site”',
  );
  expect(tell('api-key.create', { kind: 'server', name: 'Backend' })).toBe(
    'created the server collection key “Backend”',
  );
  expect(tell('session.revoke-others', { endedSessions: 2 })).toBe(
    'signed out all other devices (2 devices)',
  );
});

test('an action without words is told by its name', () => {
  expect(tell('replay.start', {}, 'Main site')).toBe('replay.start “Main site”');
  expect(tell('constructor')).toBe('constructor');
});

test('details that are missing or of another shape do not break the sentence', () => {
  expect(tell('routing.update', { changed: 7 })).toBe('changed settings of the routing');
  expect(tell('api-key.create', { kind: 1, name: 2 })).toBe('created the collection key');
  expect(tell('user.set-time-zone')).toBe('chose the time zone');
});

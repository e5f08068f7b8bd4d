import { expect, test } from 'vitest';
import { generateApiKey } from '@/lib/platform/api-key';
import { generateApiToken } from '@/lib/platform/api-token';
import { needleOf, secretsIn } from './secret-forms';

const SECRET = 'wJal"rXUtn/EMI+K7MDENG bPxRfiCY';
const needles = [needleOf('the key', SECRET)];

test.each([
  ['as it is', SECRET],
  ['as JSON', JSON.stringify({ secret: SECRET })],
  ['in a URL', `https://example.test/?k=${encodeURIComponent(SECRET)}`],
  ['as hex, as a dump of the database writes bytes', `\\x${Buffer.from(SECRET).toString('hex')}`],
  ['as base64', Buffer.from(SECRET).toString('base64')],
  ['as base64 behind one sign', Buffer.from(`a${SECRET}`).toString('base64')],
  ['as base64 behind two signs', Buffer.from(`ab${SECRET}`).toString('base64url')],
])('a secret is found %s', (_, text) => {
  expect(secretsIn(`before ${text} after`, needles)).toEqual(['the key']);
});

test('keys and tokens of ours are found by their shape', () => {
  expect(secretsIn(`k=${generateApiKey('browser')}`, [])).toEqual(['a collection key']);
  expect(secretsIn(`Bearer ${generateApiToken()}`, [])).toEqual(['an API token']);
});

test('what is no secret is not found', () => {
  expect(secretsIn('slk_browser_…a1b2, Ends in …iCY', needles)).toEqual([]);
});

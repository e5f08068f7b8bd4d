import { expect, test } from 'vitest';
import { contactsSchema, parseEmails } from './contacts';
import { webhookUrlFault } from './webhook';

test('addresses are read as people type them, and each is kept once', () => {
  const live = parseEmails('data@aurora.example, ops@aurora.example;\nData@aurora.example  ');
  expect(contactsSchema.parse({ awsAdmin: ' ', live })).toEqual({
    awsAdmin: null,
    live: ['data@aurora.example', 'ops@aurora.example'],
  });
});

test.each(['data', 'a@b', 'a@b.example\r\nBcc: x@evil.example', 'A <a@b.example>', 'a b@c.example'])(
  '%j is no address',
  (email) => expect(contactsSchema.safeParse({ awsAdmin: email, live: [] }).success).toBe(false),
);

test('a webhook is an address without credentials and fragment', () => {
  expect(webhookUrlFault('https://hooks.aurora.example/in?x=1')).toBeNull();
  for (const url of [
    'hooks.aurora.example',
    'ftp://x.example/',
    'https://u:p@x.example/',
    'https://x.example/#a',
  ])
    expect(webhookUrlFault(url)).not.toBeNull();
});

import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { generateWebhookSecret, webhookHeaders } from './webhook-signature';

const body = JSON.stringify({ type: 'routing.live', data: { name: 'Größe' } });

test('what is signed here verifies in the library that receivers use', () => {
  const secret = generateWebhookSecret();
  const headers = webhookHeaders(secret, { id: 'n1', sentAtMs: Date.now(), body });
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
});

test.each([
  ['another body', { body: `${body} ` }],
  ['another id', { id: 'n2' }],
  ['another secret', { secret: generateWebhookSecret() }],
  ['a time that is long past', { sentAtMs: Date.now() - 3_600_000 }],
])('%s does not verify', (_, change) => {
  const secret = generateWebhookSecret();
  const call = { id: 'n1', sentAtMs: Date.now(), body };
  const headers = webhookHeaders('secret' in change ? change.secret : secret, {
    ...call,
    ...('sentAtMs' in change ? { sentAtMs: change.sentAtMs } : {}),
  });
  const id = 'id' in change ? change.id : call.id;
  const verify = () =>
    new Webhook(secret).verify('body' in change ? change.body : body, { ...headers, 'webhook-id': id });
  expect(verify).toThrow();
});

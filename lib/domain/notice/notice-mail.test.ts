import { expect, test } from 'vitest';
import { type Notice, noticeSchema } from './notice';
import { noticeMail } from './notice-mail';
import { webhookBody } from './webhook-body';

const place = {
  organizationName: 'Aurora',
  routingName: 'Main site',
  bucket: 'aurora-events',
  region: 'eu-west-1',
  prefix: 'sluice/',
};
const firstKey =
  'sluice/type=events/year=2026/month=01/day=15/hour=14/2026-01-15T14:00:00.000000Z-abc123-w1.jsonl.gz';
const live: Notice = {
  kind: 'live',
  facts: {
    ...place,
    workspaceName: 'Aurora Shop',
    dataTypes: ['events'],
    firstKey,
    rows: 1,
    deliveredAt: '2026-01-15T14:31:07.000Z',
    promiseSeconds: 300,
  },
};
const link: Notice = {
  kind: 'hand_over_link',
  facts: { ...place, sentBy: 'Tess', expiresAt: '2026-01-22T14:31:00.000Z' },
};
const submitted: Notice = {
  kind: 'access_submitted',
  facts: {
    ...place,
    submittedBy: 'iam@aurora.example',
    submittedAt: '2026-01-15T14:31:00.000Z',
    accountId: '111122223333',
    principalArn: null,
  },
};
const declined: Notice = {
  kind: 'hand_over_declined',
  facts: { ...place, declinedBy: null, declinedAt: '2026-01-15T14:31:00.000Z' },
};
const context = { vendorName: 'Vendor', secret: null };

test('the live mail says bucket, region, first key, its hour and how to query', () => {
  const { subject, text } = noticeMail(live, context);
  expect(subject).toBe('Your data is arriving in aurora-events: Main site');
  for (const part of [
    `s3://aurora-events/${firstKey}`,
    'type=events/year=2026/month=01/day=15/hour=14/',
    'eu-west-1',
    '2026-01-15 14:31 UTC',
    '1 line',
    '5 min',
    'CREATE EXTERNAL TABLE',
    'read_json',
  ])
    expect(text).toContain(part);
});

test('the mail of a link has its address in both texts, and no fact holds it', () => {
  const address = 'https://sluice.example/h/1#token';
  const { text, html } = noticeMail(link, { ...context, secret: address });
  expect(text).toContain(address);
  expect(html).toContain(`href="${address}"`);
  expect(Object.keys(noticeSchema.parse(link).facts)).not.toContain('address');
});

test.each([link, submitted, declined, live])(
  'names that are markup or headers stay text: $kind',
  (notice) => {
    const evil = 'A\r\nBcc: x@evil.example\u2028<script>alert(1)</script>&"';
    const facts = { ...notice.facts, organizationName: evil, routingName: evil, bucket: evil };
    const mail = noticeMail(noticeSchema.parse({ kind: notice.kind, facts }), {
      vendorName: '<b>V</b>',
      secret: '"><img src=x>',
    });
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
    expect(mail.html).not.toMatch(/<(script|img|b)\b/);
  },
);

test('the webhook says the same at every try', () => {
  const about = { routingId: 'r1', createdAt: '2026-01-15T14:31:08.000Z' };
  const body = webhookBody(live, about);
  expect(webhookBody(live, about)).toBe(body);
  expect(JSON.parse(body)).toMatchObject({
    type: 'routing.live',
    timestamp: about.createdAt,
    data: { routingId: 'r1', bucket: 'aurora-events', firstKey, rows: 1 },
  });
});

import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { liveQueries } from './live-queries';
import { type MailBlock, type MailText, renderMail } from './mail-block';
import type { Notice, NoticeOf } from './notice';

interface MailContext {
  /** What customers call the vendor; null when nobody has said. */
  readonly vendorName: string | null;
  /** The opened payload: of a hand-over link its address; null for kinds that have none. */
  readonly secret: string | null;
}

/** The mail that tells a notice, as plain text and as minimal HTML without anything that is loaded. */
export function noticeMail(notice: Notice, context: MailContext): MailText {
  switch (notice.kind) {
    case 'hand_over_link':
      return linkMail(notice.facts, context);
    case 'access_submitted':
      return submittedMail(notice.facts, context);
    case 'hand_over_declined':
      return declinedMail(notice.facts, context);
    case 'live':
      return liveMail(notice.facts, context);
  }
}

function linkMail(facts: NoticeOf<'hand_over_link'>['facts'], context: MailContext): MailText {
  const sender = facts.sentBy ?? vendor(context);
  const bucket = facts.bucket === '' ? 'a bucket of yours' : `the bucket ${facts.bucket}`;
  return renderMail(`Access to ${bucket} for ${vendor(context)}`, [
    text(
      `${sender} asks you to give write access to a bucket, so that the events of ${facts.organizationName} can be delivered to it.`,
    ),
    { kind: 'facts', facts: placeFacts(facts) },
    text('This link leads you through it in about five minutes; you need no account:'),
    { kind: 'link', address: context.secret ?? '' },
    text(
      `It works until ${utc(facts.expiresAt)} and supplies access only. If you did not expect it, open it and say so there, or ignore it. Whoever has this mail can use the link: pass it on from its page rather than by forwarding.`,
    ),
    signature(context),
  ]);
}

function submittedMail(facts: NoticeOf<'access_submitted'>['facts'], context: MailContext): MailText {
  return renderMail(`Access to the bucket ${facts.bucket} was handed over`, [
    text(
      `${facts.submittedBy ?? 'Somebody who holds the hand-over link'} handed over access for “${facts.routingName}” at ${utc(facts.submittedAt)}, and it passed its check.`,
    ),
    {
      kind: 'facts',
      facts: [
        ...placeFacts(facts),
        ...fact('AWS account', facts.accountId),
        ...fact('Identity', facts.principalArn),
      ],
    },
    text(
      'Nothing is delivered before somebody who is signed in has seen bucket and account and started. If this was not meant to happen, remove the key or the role at AWS and tell us.',
    ),
    signature(context),
  ]);
}

function declinedMail(facts: NoticeOf<'hand_over_declined'>['facts'], context: MailContext): MailText {
  return renderMail(`The hand-over link for ${facts.bucket || facts.routingName} was not expected`, [
    text(
      `${facts.declinedBy ?? 'Somebody who holds the hand-over link'} opened the link for “${facts.routingName}” and said that it was not expected. It has ended, with everything it was passed on to, and takes no access any more.`,
    ),
    { kind: 'facts', facts: placeFacts(facts) },
    text('Ask whoever looks after the bucket by another way before you make a new link.'),
    signature(context),
  ]);
}

function liveMail(facts: NoticeOf<'live'>['facts'], context: MailContext): MailText {
  const { firstKey, rows, deliveredAt, promiseSeconds } = facts;
  return renderMail(`Your data is arriving in ${facts.bucket}: ${facts.routingName}`, [
    text(
      `The first file of “${facts.routingName}” (${facts.workspaceName}) arrived in your bucket at ${utc(deliveredAt)}, with ${formatCountOf(rows, 'line')}. From now on events follow within ${formatDuration(promiseSeconds * 1_000)} of their collection.`,
    ),
    {
      kind: 'facts',
      facts: [
        ...placeFacts(facts),
        ['First file', `s3://${facts.bucket}/${firstKey}`],
        ['Partition', partitionOf(firstKey)],
      ],
    },
    text('Partition hours are UTC. To look at the data, paste one of these:'),
    ...liveQueries(facts).map((query): MailBlock => ({ kind: 'code', ...query })),
    signature(context),
  ]);
}

function placeFacts(facts: Notice['facts']): (readonly [string, string])[] {
  if (facts.bucket === '') return [['Bucket', 'yours to name']];
  return [
    ['Bucket', facts.bucket],
    ['Region', facts.region],
    ['Prefix', facts.prefix === '' ? '(none)' : facts.prefix],
  ];
}

function fact(name: string, value: string | null): (readonly [string, string])[] {
  return value === null ? [] : [[name, value]];
}

/** The folders of a key from `type=` on, without the file's name. */
function partitionOf(key: string): string {
  return key.slice(key.lastIndexOf('type='), key.lastIndexOf('/') + 1);
}

function text(sentence: string): MailBlock {
  return { kind: 'text', text: sentence };
}

function signature(context: MailContext): MailBlock {
  return text(`${vendor(context)}. You get this mail because your address was entered for this delivery.`);
}

function vendor({ vendorName }: MailContext): string {
  return vendorName ?? 'Your data provider';
}

/** `2026-01-15 14:31 UTC` */
function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

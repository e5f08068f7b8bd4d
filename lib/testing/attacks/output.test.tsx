import { Writable } from 'node:stream';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { fixMail } from '@/components/access-check/fix-mail';
import { RowDetails } from '@/components/access-check/row-details';
import { AuditList } from '@/components/audit/audit-list';
import { AttemptTable } from '@/components/files/attempt-table';
import { LookedAt } from '@/components/files/looked-at';
import { PeopleTable } from '@/components/organizations/people-table';
import { RejectedTable } from '@/components/organizations/rejected-table';
import { ActivityTimeline } from '@/components/routings/activity/activity-timeline';
import { nameSchema } from '@/lib/domain/access/name';
import { bucketLink, identityLink, keyLink } from '@/lib/domain/access-check/console-link';
import { auditCsv } from '@/lib/domain/audit/csv';
import { toCsv } from '@/lib/domain/format/csv';
import { isDeceiving } from '@/lib/domain/format/visible-text';
import { NOTICE_KINDS, type Notice } from '@/lib/domain/notice/notice';
import { noticeMail } from '@/lib/domain/notice/notice-mail';
import { webhookBody } from '@/lib/domain/notice/webhook-body';
import { createLogger } from '@/lib/platform/logger';
import { toStoreError } from '@/lib/platform/object-store/store-fault';
import { OUTPUT_ATTACKS } from './output-strings';
import { listVerdicts } from './verdict-table';

const NOW = new Date('2026-11-22T12:00:00Z');
const AT = NOW.toISOString();
const attacks = Object.entries(OUTPUT_ATTACKS);
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** The names of the tags of a markup, in order. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<([a-z!][^\s/>]*)/gi)].map(([, name = '']) => name.toLowerCase());
}
/** Without their values: those are in quotes, which React writes as entities where they are not its own. */
const attributesOf = (html: string) =>
  [...html.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) =>
    [...tag.replace(/="[^"]*"/g, '=""').matchAll(/\s([a-z-]+)(?==|\s|\/?>)/gi)].map(([, name = '']) => name),
  );
const ACTIVE_TAGS = ['script', 'img', 'iframe', 'style', 'base', 'meta', 'form', 'object', 'embed', '!--'];

/** Components through which names, S3's words and event fields come to a page, each fed with one text everywhere. */
const SCREENS: Readonly<Record<string, (text: string) => ReactNode>> = {
  'first lines of a file': (text) => <LookedAt seen={{ state: 'read', lines: [text, text], isCut: true }} />,
  'first lines that S3 refused': (text) => (
    <LookedAt seen={{ state: 'refused', code: text, message: text }} />
  ),
  'tries of a file': (text) => (
    <AttemptTable
      attempts={[
        {
          ...{ number: 1, workerId: text, markedAt: AT, endedAt: AT, outcome: 'refused', httpStatus: 403 },
          ...{ code: text, requestId: text, message: text },
        },
      ]}
    />
  ),
  'a row of an access check': (text) => (
    <RowDetails
      row={{
        ...{ step: 'write', title: text, isRequired: true, state: 'failed', isTrying: false, tried: text },
        ...{ found: text, cause: text, whoseMove: 'customer', sentence: text, fix: null, requestId: text },
        ...{ answer: { httpStatus: 403, code: text, message: text }, elapsedMs: 1, triedAt: AT, tries: 2 },
      }}
      now={NOW}
      headline={text}
      onRetest={null}
    />
  ),
  audit: (text) => (
    <AuditList
      events={[
        {
          ...{ id: '1', seq: 1, hash: 'ab', at: AT, actor: text, action: 'x', sentence: text, target: text },
          ...{ organization: { id: 'o', name: text }, detail: { [text]: text } },
        },
      ]}
      now={NOW}
      showsOrganization
    />
  ),
  people: (text) => (
    <PeopleTable
      people={[{ id: 'p', name: text, email: text, role: 'ops', isDisabled: false, lastSeenAt: AT }]}
      now={NOW}
    />
  ),
  'rejected events': (text) => (
    <RejectedTable
      workspaceName={text}
      rejected={[{ code: 1000, reason: text, events24h: 1, events7d: 1, lastAt: AT }]}
      now={NOW}
    />
  ),
  activity: (text) => (
    <ActivityTimeline
      activity={[
        {
          ...{ id: 'state-1', at: AT, actor: text },
          change: { kind: 'state', from: 'draft', to: 'blocked', cause: text, reason: text },
        },
      ]}
      now={NOW}
    />
  ),
};

describe('nothing that is shown on a page acts there', () => {
  test.each(Object.keys(SCREENS))('%s', (screen) => {
    const show = (text: string) => renderToStaticMarkup(SCREENS[screen]?.(text));
    const plain = show('plain');
    const [tags, attributes] = [new Set(tagsOf(plain)), new Set(attributesOf(plain))];
    const verdicts = attacks.map(([what, text]): [string, string] => {
      const html = show(text);
      const grown = [
        ...tagsOf(html).filter((tag) => !tags.has(tag) || ACTIVE_TAGS.includes(tag)),
        ...attributesOf(html).filter((name) => !attributes.has(name)),
      ];
      expect(grown, what).toEqual([]);
      expect(html, what).not.toMatch(/(?:href|src|action|srcdoc)="?\s*(?:javascript|data):/i);
      return [what, 'is text'];
    });
    listVerdicts('output', screen, verdicts);
  });

  test('event lines show what cannot be seen, so that they read as they are', () => {
    for (const [what, text] of attacks) {
      const html = renderToStaticMarkup(<LookedAt seen={{ state: 'read', lines: [text], isCut: false }} />);
      expect(isDeceiving(html) || CONTROL.test(html), what).toBe(false);
    }
  });
});

function noticeOf(kind: Notice['kind'], text: string): Notice {
  const place = { organizationName: text, routingName: text, bucket: text, region: text, prefix: text };
  switch (kind) {
    case 'hand_over_link':
      return { kind, facts: { ...place, sentBy: text, expiresAt: AT } };
    case 'hand_over_declined':
      return { kind, facts: { ...place, declinedBy: text, declinedAt: AT } };
    case 'access_submitted':
      return {
        kind,
        facts: { ...place, submittedBy: text, submittedAt: AT, accountId: text, principalArn: text },
      };
    case 'live':
      return {
        kind,
        facts: {
          ...{ ...place, workspaceName: text, dataTypes: ['events'], firstKey: text, rows: 1 },
          ...{ deliveredAt: AT, promiseSeconds: 300 },
        },
      };
  }
}

test.each(NOTICE_KINDS)('a name in the mail of %s begins no header, no tag and no other line', (kind) => {
  const context = (text: string) => ({ vendorName: text, secret: 'https://sluice.example/h/1#t' });
  const plain = noticeMail(noticeOf(kind, 'plain'), context('plain'));
  const tags = new Set(tagsOf(plain.html));
  const verdicts = attacks.map(([what, text]): [string, string] => {
    const mail = noticeMail(noticeOf(kind, text), context(text));
    expect(CONTROL.test(mail.subject) || isDeceiving(mail.subject) || mail.subject.length > 180, what).toBe(
      false,
    );
    expect(
      tagsOf(mail.html).filter((tag) => !tags.has(tag)),
      what,
    ).toEqual([]);
    expect(mail.html.match(/href="[^"]*"/g) ?? [], what).toEqual(plain.html.match(/href="[^"]*"/g) ?? []);
    const body = kind === 'live' ? mail.text.slice(0, mail.text.indexOf('\n\n')) : mail.text;
    expect(body, what).not.toMatch(/^Bcc:/m);
    return [what, 'is text'];
  });
  listVerdicts('output', `mail of ${kind}`, verdicts);
});

test.each(NOTICE_KINDS)('the webhook of %s is one JSON that holds names as they are', (kind) => {
  for (const [what, text] of attacks) {
    const body = webhookBody(noticeOf(kind, text), { routingId: 'r', createdAt: AT });
    expect(body.split('\n'), what).toHaveLength(1);
    expect(JSON.parse(body).data.routingName, what).toBe(JSON.parse(JSON.stringify(text)));
  }
});

test('whatever is logged is one line of JSON that no text can forge', () => {
  const written: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk));
      done();
    },
  });
  const logger = createLogger('test', 'info', sink);
  for (const [, text] of attacks)
    logger.info({ name: text, err: new Error(text), [text]: text }, 'A constant sentence');
  expect(written).toHaveLength(attacks.length);
  for (const line of written) {
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(line.slice(0, -1)).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(line).msg).toBe('A constant sentence');
  }
});

test('what a store answers is kept as one short visible line under a plain code', () => {
  for (const [what, text] of attacks) {
    const thrown = { name: text, message: text, $metadata: { httpStatusCode: 403, requestId: text } };
    const error = toStoreError(thrown, null);
    expect(error?.code, what).toMatch(/^[A-Za-z0-9][\w.:-]{0,99}$/);
    for (const told of [error?.message ?? '', error?.requestId ?? '']) {
      expect(CONTROL.test(told) || isDeceiving(told) || told.length > 500, what).toBe(false);
    }
  }
});

test('links into AWS and to a mail program lead nowhere else, whatever they are made of', () => {
  // Postgres holds no half signs, so none comes as far as a link.
  const kept = attacks.map(([what, text]) => [what, Buffer.from(text).toString()] as const);
  for (const [what, text] of kept) {
    const facts = {
      ...{
        endpoint: '',
        bucket: 'aurora-events',
        region: 'eu-west-1',
        prefix: text,
        accessKind: 'role' as const,
      },
      ...{
        kmsKeyArn: text,
        keyArn: text,
        principalArn: text,
        roleArn: text,
        externalId: text,
        accountId: text,
      },
    };
    const links = [
      keyLink(facts as never),
      bucketLink(facts as never),
      identityLink(facts as never, 'permissions'),
    ];
    for (const link of links) {
      const url = new URL(link?.url ?? '');
      expect([url.protocol, /(^|\.)console\.aws\.amazon\.com$/.test(url.hostname)], what).toEqual([
        'https:',
        true,
      ]);
    }
    const fix = { title: text, language: 'text' as const, text, link: null };
    const mail = fixMail({ row: { title: text, sentence: text }, fix, address: text });
    if (mail !== null) {
      const url = new URL(mail);
      expect([url.protocol, url.pathname, [...url.searchParams.keys()]], what).toEqual([
        'mailto:',
        '',
        ['subject', 'body'],
      ]);
    }
  }
});

test('no cell of an export is a formula, wherever it is opened', () => {
  for (const [what, text] of attacks) {
    const event = {
      ...{ id: '1', seq: 1, hash: 'ab', at: AT, actor: text, action: text, sentence: text, target: text },
      ...{ organization: { id: text, name: text }, detail: { text } },
    };
    for (const csv of [toCsv([[text, `x;${text}`, `x\t${text}`]]), auditCsv([event], false)]) {
      for (const cell of csv.split(/[,;\t\r\n]/)) {
        expect(cell.replace(/^["\s]*/, ''), what).not.toMatch(/^[=+\-@|%＝＋－＠](?!\d*$)/u);
      }
    }
  }
});

test('a name that reads otherwise than it is written, or has more than one line, is not taken', () => {
  const refused = attacks.filter(([, text]) => CONTROL.test(text.trim()) || isDeceiving(text.trim()));
  expect(refused.length).toBeGreaterThan(6);
  for (const [what, text] of refused) expect(nameSchema.safeParse(text).success, what).toBe(false);
});

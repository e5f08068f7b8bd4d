import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { accessInputFaults } from '@/lib/domain/destination/access-input';
import { AppError } from '@/lib/domain/errors';
import { updateRoutingSchema } from '@/lib/domain/routing/input';
import { envSchema } from '@/lib/platform/env';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import { S3ClientCache } from '@/lib/platform/object-store/s3-client-cache';
import { OutboundError } from '@/lib/platform/outbound/outbound-error';
import { resolveTarget } from '@/lib/platform/outbound/resolve-target';
import { requireEndpoint } from '@/lib/services/routing/require-endpoint';
import { listDomainFields, type SchemaField } from './domain-schemas';
import { ATTACK_NAMES, OUTBOUND_ATTACKS, type OutboundAttack } from './outbound-strings';
import { listVerdicts } from './verdict-table';

type Verdict =
  | 'refused at entry'
  | 'refused before dialling'
  | 'pinned to a public address'
  | 'stays a name in S3'
  | 'left out';
/** Throws where an attack has come through. */
type Judge = (accepted: unknown, attack: OutboundAttack) => Promise<Verdict>;

const OWN_STORE = 'https://store.vendor.example';
const PUBLIC = '93.184.216.34';

/** What names where a request goes, by the words of fields and settings. */
const NAMES_A_PLACE = /url|uri|host|endpoint|origin|issuer|bucket|prefix|region|arn$|address|domain/i;
/** Fields that match and lead nowhere: what they are instead. */
const LEADS_NOWHERE: Readonly<Record<string, string>> = {
  'access/session.ts signInSchema.address': 'whose tries are counted',
  'hand-over/input.ts beginHandOverSchema.address': 'whose tries are counted',
  'share-link/input.ts openShareLinkSchema.address': 'whose tries are counted',
  'routing/list.ts listRoutingsSchema.region': 'compared with rows',
  'notice/notice.ts noticeSchema.bucket': 'said, read from rows',
  'notice/notice.ts noticeSchema.region': 'said, read from rows',
  'notice/notice.ts noticeSchema.prefix': 'said, read from rows',
  'notice/notice.ts noticeSchema.principalArn': 'said, from the setting',
  'system/process.ts processDetailSchema.host': 'said, from the process itself',
};

const never: Judge = async (_, { what }) => {
  throw new Error(`${what} was accepted`);
};
/** How a field that takes part in a request is judged once its schema has accepted an attack. */
const JUDGES: Readonly<Record<string, Judge>> = {
  url: judgeUrl,
  endpoint: judgeEndpoint,
  bucket: (bucket, attack) => judgePlace({ bucket: String(bucket), key: 'type=events/a' }, attack),
  prefix: (prefix, attack) =>
    judgePlace({ bucket: 'aurora-events', key: `${String(prefix)}type=events/a` }, attack),
  region: never,
  roleArn: judgeRole,
  kmsKeyArn: never,
};

const seen: { protocol: string; hostname: string; path: string }[] = [];
/** Real clients whose requests end before they are sent. */
const clients = new S3ClientCache((client) => {
  client.middlewareStack.add(
    () => async (args) => {
      const { protocol, hostname, path } = args.request as (typeof seen)[number];
      seen.push({ protocol, hostname, path });
      throw new Error('stopped before it is sent');
    },
    { step: 'deserialize', priority: 'low', name: 'stop' },
  );
});
afterAll(() => clients.close());

async function judgeUrl(url: unknown, { what, isPublic = false }: OutboundAttack): Promise<Verdict> {
  const lookUps = new Map<string, number>();
  const resolve = async (hostname: string) => {
    const name = hostname.replace(/\.$/, '');
    const count = lookUps.get(name) ?? 0;
    lookUps.set(name, count + 1);
    const answers = ATTACK_NAMES[name] ?? [];
    return answers[Math.min(count, answers.length - 1)] ?? [];
  };
  try {
    const { address } = await resolveTarget(String(url), { allowedOrigins: [], resolve });
    if (!isPublic || address !== PUBLIC) throw new Error(`${what} leads to ${address}`);
    return 'pinned to a public address';
  } catch (error) {
    if (error instanceof OutboundError) return 'refused before dialling';
    throw error;
  }
}

async function judgeEndpoint(endpoint: unknown): Promise<Verdict> {
  try {
    requireEndpoint({ allowedEndpoints: [OWN_STORE] }, String(endpoint));
  } catch (error) {
    if (error instanceof AppError && error.code === 'VALIDATION') return 'refused before dialling';
    throw error;
  }
  throw new Error(`The endpoint ${String(endpoint)} was taken`);
}

/** Keys and roles are judged together once it is known which of them was given. */
async function judgeRole(roleArn: unknown): Promise<Verdict> {
  const faults = accessInputFaults({ kind: 'role', roleArn: String(roleArn) }, true);
  if (faults.length === 0) throw new Error(`The role ${String(roleArn)} was taken`);
  return 'refused at entry';
}

async function judgePlace(
  place: { bucket: string; key: string },
  { what }: OutboundAttack,
): Promise<Verdict> {
  const credential = { accessKeyId: 'a', secretAccessKey: 's' } as unknown as OpenedCredential;
  const access = { region: 'eu-west-1', credential, kmsKeyArn: null };
  seen.length = 0;
  const command = new HeadObjectCommand({ Bucket: place.bucket, Key: place.key });
  await clients
    .use({ endpoint: '' }, access, (client) => client.send(command))
    .catch((error: Error) => {
      if (error.message !== 'stopped before it is sent') throw error;
    });
  const s3 = 's3.eu-west-1.amazonaws.com';
  const inHost = { protocol: 'https:', hostname: `${place.bucket}.${s3}`, path: `/${place.key}` };
  const inPath = { protocol: 'https:', hostname: s3, path: `/${place.bucket}/${place.key}` };
  const asked = seen.map(({ protocol, hostname, path }) => ({
    ...{ protocol, hostname },
    path: decodeURIComponent(path),
  }));
  const isStill = [inHost, inPath].some((one) => JSON.stringify([one]) === JSON.stringify(asked));
  const climbs = place.key.split('/').some((part) => ['.', '..', ''].includes(part));
  if (!isStill || climbs) throw new Error(`${what} leads to ${JSON.stringify(asked)}`);
  return 'stays a name in S3';
}

async function judge(schema: z.ZodType, name: string, attack: OutboundAttack): Promise<Verdict> {
  const parsed = schema.safeParse(attack.text);
  if (!parsed.success) return 'refused at entry';
  const { data } = parsed;
  // Nothing leads nowhere: a place that the customer will name, AWS, or the bucket's own encryption.
  if (data === null || data === undefined || (data === '' && name !== 'prefix')) return 'left out';
  return (JUDGES[name] ?? never)(data, attack);
}

/** What a patch names is laid over the settings, which are then read as a whole. */
const READ_AGAIN: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  'routing/patch.ts routingPatchSchema': updateRoutingSchema.shape,
};
const readAgain = ({ owner, name, schema }: SchemaField): z.ZodType => {
  const whole = READ_AGAIN[owner]?.[name];
  return whole === undefined ? schema : schema.pipe(whole);
};

const fields = (await listDomainFields()).filter(({ name }) => NAMES_A_PLACE.test(name));
const placed = fields.filter(({ owner, name }) => LEADS_NOWHERE[`${owner}.${name}`] === undefined);

test('every field of a schema that names a place has a judge, or a word on why it leads nowhere', () => {
  const unknown = placed.filter(({ name }) => JUDGES[name] === undefined);
  expect(unknown.map(({ owner, name }) => `${owner}.${name}`)).toEqual([]);
  const named = new Set(fields.map(({ owner, name }) => `${owner}.${name}`));
  expect(Object.keys(LEADS_NOWHERE).filter((field) => !named.has(field))).toEqual([]);
  expect(new Set(OUTBOUND_ATTACKS.map(({ text }) => text)).size).toBeGreaterThanOrEqual(40);
});

describe('no attack leads a field away from where it may go', () => {
  test.each(
    placed.map((one) => ({ field: `${one.owner}.${one.name}`, name: one.name, schema: readAgain(one) })),
  )('$field', async ({ field, name, schema }) => {
    const verdicts: [string, Verdict][] = [];
    for (const attack of OUTBOUND_ATTACKS) {
      verdicts.push([attack.what, await judge(schema, name, attack)]);
    }
    listVerdicts('outbound', field, verdicts);
    expect(verdicts).toHaveLength(OUTBOUND_ATTACKS.length);
  });
});

/** Settings that name a place. `own`: a server of the operator's own; `listen`: where a process listens;
 * `said`: told to people. */
const SETTINGS: Readonly<Record<string, 'web' | 'mail' | 'arn' | 'own' | 'listen' | 'said'>> = {
  DATABASE_URL: 'own',
  REDIS_URL: 'own',
  SLUICE_REDIS_PREFIX: 'own',
  NEXTAUTH_URL: 'web',
  SLUICE_COLLECTOR_URL: 'web',
  SLUICE_COLLECTOR_HOST: 'listen',
  SLUICE_COLLECTOR_HEALTH_HOST: 'listen',
  SLUICE_WORKER_HEALTH_HOST: 'listen',
  SLUICE_SEAL_KMS_KEY_ARN: 'arn',
  SLUICE_AWS_PRINCIPAL_ARN: 'said',
  SLUICE_S3_ENDPOINTS: 'web',
  SLUICE_SMTP_URL: 'mail',
  SLUICE_OUTBOUND_ORIGINS: 'web',
};
const METADATA = /169\.254\.|fd00:ec2|fe80|metadata|instance-data|a9fe|100\.100\.100\.200|0251/;

/** What the operator sets may lie in a private network, but is a URL of its scheme and no metadata service. */
function judgeSetting(name: string, text: string): 'refused at start' | 'a host of the operator' {
  const schema: z.ZodType = envSchema.shape[name as keyof typeof envSchema.shape];
  if (!schema.safeParse(text).success) return 'refused at start';
  const isMail = SETTINGS[name] === 'mail';
  const url = new URL(text);
  const mayBe = isMail ? ['smtp:', 'smtps:'] : ['http:', 'https:'];
  if (!mayBe.includes(url.protocol) || METADATA.test(text)) throw new Error(`${name} took ${text}`);
  if (!isMail && (url.username !== '' || /['"`\s<>\\]/.test(text))) throw new Error(`${name} took ${text}`);
  return 'a host of the operator';
}

test('every setting that names a place is in the table', () => {
  expect(Object.keys(envSchema.shape).filter((name) => NAMES_A_PLACE.test(name))).toEqual(
    Object.keys(SETTINGS),
  );
});

test.each(Object.keys(SETTINGS).filter((name) => !['own', 'listen', 'said'].includes(SETTINGS[name] ?? '')))(
  'the setting %s takes no attack but a host of the operator',
  (name) => {
    const isMail = SETTINGS[name] === 'mail';
    const attacks = OUTBOUND_ATTACKS.filter(({ text }) => text.trim() !== '' || SETTINGS[name] === 'arn')
      .map(({ what, text }) => ({ what, text: isMail ? text.replace(/^https?:/, 'smtp:') : text }))
      .filter(({ text }) => text !== '');
    const verdicts = attacks.map(({ what, text }): [string, string] => [what, judgeSetting(name, text)]);
    listVerdicts('outbound', name, verdicts);
    if (SETTINGS[name] === 'arn')
      expect(new Set(verdicts.map(([, verdict]) => verdict))).toEqual(new Set(['refused at start']));
  },
);

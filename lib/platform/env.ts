import { z } from 'zod';
import { operatorUrl, operatorUrls } from './operator-url';

const port = z.coerce.number().int().min(0).max(65_535);
const emptyAsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAsUnset, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => emptyAsUnset(given) ?? value, schema);
const WEB = { schemes: ['https', 'http'] };

/** Every setting of every process; `.env.example` is checked against it. */
export const envSchema = z.object({
  SLUICE_MODE: withDefault(z.enum(['demo', 'production']), 'production').describe(
    'demo allows the S3 stand-in and generated secrets',
  ),
  NODE_ENV: withDefault(z.enum(['development', 'production', 'test']), 'production').describe(
    'Set by Next and by the test runner; development loosens the script policy for reloading',
  ),
  DATABASE_URL: z.string().min(1).describe('Postgres, as postgresql://user:password@host:port/name'),
  REDIS_URL: optional(z.string()).describe('Redis for the queue; without it the queue lives in Postgres'),
  SLUICE_REDIS_PREFIX: withDefault(z.string().regex(/^[a-z0-9_-]{1,64}$/), 'sluice').describe(
    'What all keys in Redis start with, [a-z0-9_-]{1,64}; installations that share a Redis need different ones',
  ),
  LOG_LEVEL: withDefault(z.enum(['debug', 'info', 'warn', 'error']), 'info').describe(
    'Level of the log lines on stderr',
  ),
  NEXTAUTH_URL: optional(operatorUrl(WEB)).describe('web: the address at which browsers reach the dashboard'),
  NEXTAUTH_SECRET: optional(z.string().min(32)).describe(
    'web: signs session cookies; at least 32 characters',
  ),
  SLUICE_VENDOR_NAME: optional(z.string().max(120)).describe(
    'web and worker: what customers call you; said on the pages of hand-over links and in mails',
  ),
  SLUICE_COLLECTOR_URL: optional(operatorUrl(WEB)).describe(
    'web: the address of the collector, shown in ready-made snippets',
  ),
  SLUICE_COLLECTOR_HOST: withDefault(z.string(), '127.0.0.1').describe(
    'collector: the address it listens on',
  ),
  SLUICE_COLLECTOR_PORT: withDefault(port, '4100').describe('collector: the port it listens on'),
  SLUICE_COLLECTOR_HEALTH_HOST: withDefault(z.string(), '127.0.0.1').describe(
    'collector: the address on which /metrics, /healthz and /readyz answer',
  ),
  SLUICE_COLLECTOR_HEALTH_PORT: withDefault(port, '0').describe(
    'collector: the port of /metrics, /healthz and /readyz; 0 takes a free one',
  ),
  SLUICE_METRICS_TOKEN: optional(z.string().min(32)).describe(
    'web: whoever sends it as a bearer token may read /api/metrics; at least 32 characters; without it there is no such address',
  ),
  SLUICE_WORKER_HEALTH_PORT: withDefault(port, '0').describe(
    'worker: the port of /metrics, /healthz and /readyz; 0 takes a free one',
  ),
  SLUICE_WORKER_ID: optional(z.string().regex(/^[a-z0-9]{1,16}$/)).describe(
    'worker: its name in file names, [a-z0-9]{1,16}; made at start when unset',
  ),
  SLUICE_WORKER_HEALTH_HOST: withDefault(z.string(), '127.0.0.1').describe(
    'worker: the address on which /metrics, /healthz and /readyz answer',
  ),
  SLUICE_CRASH_AT: optional(z.string()).describe(
    'worker and collector, tests in demo mode only: where it kills itself (name or name:n) or freezes (name:n:SIGSTOP)',
  ),
  SLUICE_SEAL_PUBLIC_KEY: optional(z.string()).describe(
    'web: PEM of the public key to which credentials are sealed',
  ),
  SLUICE_SEAL_PRIVATE_KEYS: optional(z.string()).describe(
    'worker: PEMs of the private keys that open credentials, newest first',
  ),
  SLUICE_SEAL_KMS_KEY_ARN: optional(
    z
      .string()
      .regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'must be the full ARN of a KMS key, no alias'),
  ).describe(
    'web and worker: a symmetric KMS key of yours to seal to instead of the keys above; the worker keeps those until all is moved',
  ),
  SLUICE_AWS_PRINCIPAL_ARN: optional(
    z.string().regex(/^arn:aws:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]{1,512})$/),
  ).describe(
    'web and worker: the ARN of the AWS identity that customers’ roles trust; without it access by role is off',
  ),
  SLUICE_AWS_ACCESS_KEY_ID: optional(z.string()).describe(
    'worker: access key of our AWS identity (web too, of its own, with a KMS key); without one the default chain of the AWS SDK finds it',
  ),
  SLUICE_AWS_SECRET_ACCESS_KEY: optional(z.string()).describe('worker: secret of that access key'),
  SLUICE_S3_ENDPOINTS: withDefault(operatorUrls(WEB), '').describe(
    'Custom S3 endpoints the operator allows, separated by commas',
  ),
  SLUICE_SMTP_URL: optional(operatorUrl({ schemes: ['smtp', 'smtps'], mayHoldUser: true })).describe(
    'worker: the mail server, as smtp://user:password@host:587 or smtps://…:465; without it mails wait',
  ),
  SLUICE_MAIL_FROM: optional(
    z.string().regex(/^(?:[^<>"\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/),
  ).describe('worker: the sender of mails, as Sluice <sluice@vendor.example>'),
  SLUICE_OUTBOUND_ORIGINS: withDefault(operatorUrls(WEB), '').describe(
    'web and worker, demo mode only: origins that webhooks may reach though they are private, separated by commas',
  ),
});

export type Env = z.infer<typeof envSchema>;

/** Parses the environment once at boot; an error names every setting that is wrong and what it is for. */
export function parseEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const about = envSchema.shape[name as keyof Env]?.description ?? '';
    return `  ${name}: ${issue.message} (${about})`;
  });
  throw new Error(
    `The environment is not complete:\n${lines.join('\n')}\nSee .env.example for every setting.`,
  );
}

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateApiKey } from '@/lib/platform/api-key';
import { DEMO_SECRET_MARK } from '@/lib/platform/demo-secret';
import { generateSealKeyPair } from '@/lib/platform/secret-box/key-pair';

const secretsSchema = z.object({
  sessionSecret: z.string(),
  sealPublicKey: z.string(),
  sealPrivateKey: z.string(),
  objectStore: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), controlToken: z.string() }),
  logins: z.array(z.object({ email: z.string(), name: z.string(), role: z.string(), password: z.string() })),
  serverKey: z.string(),
  /** Of the demo's second customer. */
  borealis: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), serverKey: z.string() }),
  /** With which the worker takes on customers' roles. */
  identity: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
});
export type InstanceSecrets = z.infer<typeof secretsSchema>;

/** The secrets of one embedded instance: made at its first start, kept in its folder, readable by its owner only. */
export function loadSecrets(home: string): InstanceSecrets {
  const file = join(home, 'secrets.json');
  const stored: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  const known = secretsSchema.safeParse(stored);
  if (known.success) return known.data;
  // A folder that an older version made keeps what it has.
  const added = { borealis: makeBorealis(), identity: makeAccessKey() };
  const secrets = secretsSchema.parse({ ...added, ...(stored ?? makeSecrets()) });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

function makeBorealis(): InstanceSecrets['borealis'] {
  return { ...makeAccessKey(), serverKey: generateApiKey('server') };
}

function makeAccessKey(): { accessKeyId: string; secretAccessKey: string } {
  return {
    accessKeyId: `AKIADEMO${randomBytes(6).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
}

function makeSecrets(): Omit<InstanceSecrets, 'borealis' | 'identity'> {
  const keys = generateSealKeyPair();
  return {
    sessionSecret: `${DEMO_SECRET_MARK}-${randomBytes(32).toString('base64url')}`,
    sealPublicKey: `${DEMO_SECRET_MARK}\n${keys.publicKeyPem}`,
    sealPrivateKey: `${DEMO_SECRET_MARK}\n${keys.privateKeyPem}`,
    objectStore: { ...makeAccessKey(), controlToken: randomBytes(24).toString('base64url') },
    logins: [
      { email: 'admin@sluice.example', name: 'Ada Admin', role: 'admin', password: randomPassword() },
      {
        email: 'mia@sluice.example',
        name: 'Mia Koch',
        role: 'technical_services',
        password: randomPassword(),
      },
      { email: 'omar@sluice.example', name: 'Omar Ops', role: 'ops', password: randomPassword() },
      {
        email: 'data@aurora.example',
        name: 'Aria Aurora',
        role: 'customer_admin',
        password: randomPassword(),
      },
      {
        email: 'reader@aurora.example',
        name: 'Remy Reader',
        role: 'customer_viewer',
        password: randomPassword(),
      },
    ],
    serverKey: generateApiKey('server'),
  };
}

function randomPassword(): string {
  return randomBytes(12).toString('base64url');
}

import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const pattern = z.string().min(1).max(200);

export const grantSchema = z.object({
  /** IAM actions, `*` as wildcard: `s3:PutObject`, `s3:Get*`, `kms:*`. */
  actions: z.array(pattern).min(1),
  /** A bucket's name or `*`. */
  bucket: pattern.default('*'),
  /** The grant covers keys that start so. */
  prefix: z.string().max(1024).default(''),
});

export const accessKeySchema = z.object({
  accessKeyId: z.string().regex(/^[A-Za-z0-9]{8,64}$/),
  secretAccessKey: z.string().regex(/^[\x21-\x7e]{16,128}$/),
  active: z.boolean().default(true),
  grants: z.array(grantSchema).default([{ actions: ['*'], bucket: '*', prefix: '' }]),
});
export type AccessKey = z.output<typeof accessKeySchema>;

export const DENIED_BY = [
  'identity',
  'identity-deny',
  'resource',
  'resource-deny',
  'organization-deny',
  'boundary',
  'endpoint',
  'session',
  'unsaid',
] as const;
export type DeniedBy = (typeof DENIED_BY)[number];

export const denialSchema = z.object({
  denialId: z.string(),
  /** Null = whoever asks. */
  accessKeyId: z.string().nullable().default(null),
  action: pattern,
  bucket: pattern.default('*'),
  prefix: z.string().max(1024).default(''),
  /** Which kind of policy AWS names as the one that decided; `unsaid`: a bare Access Denied. */
  by: z.enum(DENIED_BY).default('identity'),
});
export type Denial = z.output<typeof denialSchema>;

const stateSchema = z.object({
  keys: z.array(accessKeySchema),
  denials: z.array(denialSchema),
  disabledKmsKeyIds: z.array(z.string()),
});
type State = z.output<typeof stateSchema>;

/** What a caller wants to do, for the decision. */
export interface Wanted {
  readonly accessKeyId: string;
  readonly action: string;
  readonly bucket: string;
  /** Object key, or the prefix of a listing. */
  readonly key: string;
}

interface Rule {
  readonly bucket: string;
  readonly prefix: string;
}

function matches(wildcard: string, text: string): boolean {
  const escaped = wildcard.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i').test(text);
}

function covers(rule: Rule, action: string, wanted: Wanted): boolean {
  return (
    matches(action, wanted.action) &&
    matches(rule.bucket, wanted.bucket) &&
    wanted.key.startsWith(rule.prefix)
  );
}

/** Keys, denials and disabled KMS keys; kept in one file that is replaced at every change. */
export class AccessState {
  #saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly state: State,
  ) {}

  static async open(directory: string): Promise<AccessState> {
    const file = path.join(directory, 'access.json');
    try {
      return new AccessState(file, stateSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
        return new AccessState(file, { keys: [], denials: [], disabledKmsKeyIds: [] });
      }
      throw new Error(`The stand-in's access.json cannot be read: ${file}`, { cause });
    }
  }

  secretOf(accessKeyId: string): string | undefined {
    return this.state.keys.find((key) => key.accessKeyId === accessKeyId && key.active)?.secretAccessKey;
  }

  isAllowed(wanted: Wanted): boolean {
    return this.deniedBy(wanted) === null;
  }

  /** Which kind of policy forbids it; null = it is allowed. `grants` are those of a role, else the key's own. */
  deniedBy(wanted: Wanted, grants?: AccessKey['grants']): DeniedBy | null {
    const key = this.state.keys.find((known) => known.accessKeyId === wanted.accessKeyId);
    const granted = (grants ?? key?.grants)?.some((grant) =>
      grant.actions.some((action) => covers(grant, action, wanted)),
    );
    if (!granted) return 'identity';
    const denial = this.state.denials.find(
      (one) =>
        (one.accessKeyId === null || one.accessKeyId === wanted.accessKeyId) &&
        covers(one, one.action, wanted),
    );
    return denial?.by ?? null;
  }

  isKmsKeyDisabled(kmsKeyId: string): boolean {
    return this.state.disabledKmsKeyIds.includes(kmsKeyId);
  }

  /** Adds a key or replaces the one of the same id. */
  async putKey(key: AccessKey): Promise<void> {
    this.state.keys = [...this.state.keys.filter((known) => known.accessKeyId !== key.accessKeyId), key];
    await this.#save();
  }

  /** Makes the key known without undoing a revocation. */
  async ensureKey(key: AccessKey): Promise<void> {
    const known = this.state.keys.find((candidate) => candidate.accessKeyId === key.accessKeyId);
    await this.putKey({ ...key, active: known?.active ?? key.active });
  }

  /** False when there is no such key. */
  async setKeyActive(accessKeyId: string, active: boolean): Promise<boolean> {
    const key = this.state.keys.find((known) => known.accessKeyId === accessKeyId);
    if (key === undefined) return false;
    await this.putKey({ ...key, active });
    return true;
  }

  async deny(denial: Denial): Promise<void> {
    this.state.denials.push(denial);
    await this.#save();
  }

  /** False when there is no such denial. */
  async allow(denialId: string): Promise<boolean> {
    const kept = this.state.denials.filter((denial) => denial.denialId !== denialId);
    if (kept.length === this.state.denials.length) return false;
    this.state.denials = kept;
    await this.#save();
    return true;
  }

  async setKmsKeyDisabled(kmsKeyId: string, disabled: boolean): Promise<void> {
    const others = this.state.disabledKmsKeyIds.filter((known) => known !== kmsKeyId);
    this.state.disabledKmsKeyIds = disabled ? [...others, kmsKeyId] : others;
    await this.#save();
  }

  /** One write at a time, each of the newest state. */
  #save(): Promise<void> {
    const write = () => this.#write();
    this.#saving = this.#saving.then(write, write);
    return this.#saving;
  }

  async #write(): Promise<void> {
    const draft = `${this.file}.${randomBytes(4).toString('hex')}`;
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(this.state, null, 2));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.file);
  }
}

import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { S3Error } from '../protocol/s3-error';
import { grantSchema } from './access-state';
import { type SessionStatement, sessionPolicySchema } from './session-policy';

export const roleSchema = z.object({
  roleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/),
  /** Who may take it on: an access key of the stand-in, null for every one. */
  trusts: z.string().nullable().default(null),
  /** What the trust policy asks for: null asks for none. */
  externalId: z.string().nullable(),
  /** False: an external id must be there, and may be any. */
  compares: z.boolean().default(true),
  sessionSecondsMax: z.number().int().min(900).max(43_200).default(3_600),
  grants: z.array(grantSchema).default([{ actions: ['*'], bucket: '*', prefix: '' }]),
});
export type Role = z.output<typeof roleSchema>;

const sessionSchema = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  token: z.string(),
  roleArn: z.string(),
  sessionName: z.string(),
  endsAtMs: z.number(),
  policy: sessionPolicySchema.nullable(),
});
export type Session = z.output<typeof sessionSchema>;

const stateSchema = z.object({ roles: z.array(roleSchema), sessions: z.array(sessionSchema) });

/** Roles and their sessions; kept in one file that is replaced at every change. */
export class RoleState {
  #saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly state: z.output<typeof stateSchema>,
  ) {}

  static async open(directory: string): Promise<RoleState> {
    const file = path.join(directory, 'roles.json');
    try {
      return new RoleState(file, stateSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
        return new RoleState(file, { roles: [], sessions: [] });
      }
      throw new Error(`The stand-in's roles.json cannot be read: ${file}`, { cause });
    }
  }

  role(roleArn: string): Role | undefined {
    return this.state.roles.find((role) => role.roleArn === roleArn);
  }

  session(accessKeyId: string): Session | undefined {
    return this.state.sessions.find((session) => session.accessKeyId === accessKeyId);
  }

  /** The secret of a session that is still good; undefined when the key is of none. Throws as S3 answers. */
  secretOf(accessKeyId: string, signed: { readonly token: string | undefined; readonly nowMs: number }) {
    const session = this.session(accessKeyId);
    if (session === undefined) return undefined;
    if (session.token !== signed.token) {
      throw new S3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.');
    }
    if (session.endsAtMs <= signed.nowMs)
      throw new S3Error('ExpiredToken', 'The provided token has expired.');
    return session.secretAccessKey;
  }

  /** Adds a role or replaces the one of the same ARN; its sessions go on under the new grants. */
  async putRole(role: Role): Promise<void> {
    this.state.roles = [...this.state.roles.filter(({ roleArn }) => roleArn !== role.roleArn), role];
    await this.#save();
  }

  /** Its sessions may do nothing from now on. */
  async removeRole(roleArn: string): Promise<void> {
    this.state.roles = this.state.roles.filter((role) => role.roleArn !== roleArn);
    await this.#save();
  }

  async begin(given: {
    readonly roleArn: string;
    readonly sessionName: string;
    readonly endsAtMs: number;
    readonly policy: readonly SessionStatement[] | null;
    readonly nowMs: number;
  }): Promise<Session> {
    const { roleArn, sessionName, endsAtMs, policy, nowMs } = given;
    const session: Session = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      token: randomBytes(96).toString('base64'),
      ...{ roleArn, sessionName, endsAtMs, policy: policy === null ? null : [...policy] },
    };
    const HOUR_MS = 3_600_000;
    const kept = this.state.sessions.filter((one) => one.endsAtMs > nowMs - HOUR_MS);
    this.state.sessions = [...kept, session];
    await this.#save();
    return session;
  }

  /** Every session ends now, of this role or of all. Returns how many. */
  async endSessions(roleArn: string | undefined, nowMs: number): Promise<number> {
    const ended = this.state.sessions.filter(
      (session) => session.endsAtMs > nowMs && (roleArn === undefined || session.roleArn === roleArn),
    );
    for (const session of ended) session.endsAtMs = nowMs;
    await this.#save();
    return ended.length;
  }

  #save(): Promise<void> {
    const write = () => this.#write();
    this.#saving = this.#saving.then(write, write);
    return this.#saving;
  }

  async #write(): Promise<void> {
    const draft = `${this.file}.${randomBytes(4).toString('hex')}`;
    await writeFile(draft, JSON.stringify(this.state, null, 2), { mode: 0o600, flag: 'wx' });
    await rename(draft, this.file);
  }
}

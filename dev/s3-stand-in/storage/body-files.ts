import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

const HELD_MAX_BYTES = 256 * 1024;

/** One file per stored body, under names that are never used again. */
export class BodyFiles {
  private constructor(
    private readonly directory: string,
    readonly syncToDisk: boolean,
  ) {}

  static async open(directory: string, options: { syncToDisk: boolean }): Promise<BodyFiles> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new BodyFiles(directory, options.syncToDisk);
  }

  pathOf(bodyId: string): string {
    return path.join(this.directory, bodyId);
  }

  create(): BodyWriter {
    return new BodyWriter(this);
  }

  /** Makes the names of new files durable. */
  async syncNames(): Promise<void> {
    const handle = await open(this.directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  read(bodyId: string): Promise<FileHandle> {
    return open(this.pathOf(bodyId), 'r');
  }

  delete(bodyId: string): Promise<void> {
    return rm(this.pathOf(bodyId), { force: true });
  }

  /** Deletes files that no object refers to: bodies of requests that a crash cut short. */
  async deleteStrays(referred: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (!referred.has(name)) await this.delete(name);
    }
  }
}

/** Bytes on their way to disk. Nothing refers to them until the journal does, so a crash leaves only a stray file. */
export class BodyWriter {
  readonly bodyId = randomBytes(12).toString('hex');
  #held: Buffer[] = [];
  #heldBytes = 0;
  #handle: FileHandle | null = null;
  #hasFile = false;

  constructor(private readonly files: BodyFiles) {}

  /** Small bodies stay in memory until `finish`: the losers of a race for a key then cost no file. */
  async write(part: Buffer): Promise<void> {
    this.#held.push(part);
    this.#heldBytes += part.length;
    if (this.#heldBytes > HELD_MAX_BYTES) await this.#flush();
  }

  async #flush(): Promise<FileHandle> {
    const handle = this.#handle ?? (await open(this.files.pathOf(this.bodyId), 'wx', 0o600));
    this.#handle = handle;
    this.#hasFile = true;
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    for (const part of held) await handle.writeFile(part);
    return handle;
  }

  /** Writes the rest and closes the file; with `syncToDisk` its bytes and its name are on disk afterwards. */
  async finish(): Promise<void> {
    const handle = await this.#flush();
    if (this.files.syncToDisk) await handle.sync();
    await handle.close();
    this.#handle = null;
    if (this.files.syncToDisk) await this.files.syncNames();
  }

  /** Forgets the bytes and deletes the file if there is one. */
  async discard(): Promise<void> {
    this.#held = [];
    await this.#handle?.close();
    if (this.#hasFile) await this.files.delete(this.bodyId);
  }
}

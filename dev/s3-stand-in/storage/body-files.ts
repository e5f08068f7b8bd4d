import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Bytes on their way to disk. Nothing refers to them until the journal does, so a crash leaves only a stray file. */
export interface BodyWriter {
  readonly bodyId: string;
  write(part: Buffer): Promise<void>;
  /** Closes the file; with `syncToDisk` its bytes and its name are on disk afterwards. */
  finish(): Promise<void>;
  /** Closes and deletes the file. */
  discard(): Promise<void>;
}

/** One file per stored body, under names that are never used again. */
export class BodyFiles {
  private constructor(
    private readonly directory: string,
    private readonly syncToDisk: boolean,
  ) {}

  static async open(directory: string, options: { syncToDisk: boolean }): Promise<BodyFiles> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new BodyFiles(directory, options.syncToDisk);
  }

  #path(bodyId: string): string {
    return path.join(this.directory, bodyId);
  }

  async create(): Promise<BodyWriter> {
    const bodyId = randomBytes(12).toString('hex');
    const handle = await open(this.#path(bodyId), 'wx', 0o600);
    return {
      bodyId,
      write: async (part) => {
        await handle.writeFile(part);
      },
      finish: async () => {
        try {
          if (this.syncToDisk) await handle.sync();
        } finally {
          await handle.close();
        }
        if (this.syncToDisk) await this.#syncNames();
      },
      discard: async () => {
        await handle.close();
        await this.delete(bodyId);
      },
    };
  }

  async #syncNames(): Promise<void> {
    const handle = await open(this.directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  read(bodyId: string): Promise<FileHandle> {
    return open(this.#path(bodyId), 'r');
  }

  delete(bodyId: string): Promise<void> {
    return rm(this.#path(bodyId), { force: true });
  }

  /** Deletes files that no object refers to: bodies of requests that a crash cut short. */
  async deleteStrays(referred: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (!referred.has(name)) await this.delete(name);
    }
  }
}

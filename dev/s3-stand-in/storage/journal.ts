import { type FileHandle, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { type JournalEntry, journalEntrySchema } from './object-record';

interface Waiting {
  readonly line: string;
  resolve(): void;
  reject(cause: unknown): void;
}

function parseLine(line: string, number: number): JournalEntry {
  try {
    return journalEntrySchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(
      `Line ${number} of the stand-in's journal cannot be read; delete its folder to start anew`,
      {
        cause,
      },
    );
  }
}

/** Makes created and renamed names of a folder durable. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** An append-only file of JSON lines; an appended entry is on disk before `append` resolves. */
export class Journal {
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  private constructor(
    private readonly handle: FileHandle,
    private readonly syncToDisk: boolean,
    private sizeBytes: number,
  ) {}

  /** Reads what is there, cuts off a last line that a crash left unfinished, and opens for appending. */
  static async open(
    directory: string,
    options: { syncToDisk: boolean },
  ): Promise<{ journal: Journal; entries: JournalEntry[] }> {
    const handle = await open(path.join(directory, 'journal.jsonl'), 'a+', 0o600);
    try {
      const content = await handle.readFile();
      const wholeBytes = content.lastIndexOf(10) + 1;
      if (wholeBytes < content.length) await handle.truncate(wholeBytes);
      const lines = content.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1);
      const entries = lines.map((line, index) => parseLine(line, index + 1));
      if (options.syncToDisk) await syncDirectory(directory);
      return { journal: new Journal(handle, options.syncToDisk, wholeBytes), entries };
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  /** Replaces the whole file at once, so that deleted objects do not make it grow for ever. */
  static async rewrite(directory: string, entries: readonly JournalEntry[]): Promise<void> {
    const target = path.join(directory, 'journal.jsonl');
    const handle = await open(`${target}.new`, 'w', 0o600);
    try {
      await handle.writeFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${target}.new`, target);
    await syncDirectory(directory);
  }

  append(entry: JournalEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: `${JSON.stringify(entry)}\n`, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Entries that arrive while one write runs share the next: one sync serves many. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        await this.#write(Buffer.from(batch.map((waiting) => waiting.line).join('')));
        for (const waiting of batch) waiting.resolve();
      } catch (cause) {
        for (const waiting of batch) waiting.reject(cause);
      }
    }
    this.#writing = null;
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      await this.handle.appendFile(bytes);
      if (this.syncToDisk) await this.handle.datasync();
      this.sizeBytes += bytes.length;
    } catch (cause) {
      // A half-written line in the middle would make the whole journal unreadable.
      await this.handle.truncate(this.sizeBytes);
      throw cause;
    }
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.handle.close();
  }
}

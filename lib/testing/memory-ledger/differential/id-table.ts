import type { Sql } from '@/lib/platform/sql';
import type { MemoryWorld } from './memory-world';
import { type NamedKind, readPostgresNames } from './read-postgres-state';

/** Translates ids between memory and Postgres by the names that rows have in both. An id of no row becomes -1. */
export class IdTable {
  #toPostgres = new Map<string, number>();
  #toMemory = new Map<string, number>();
  readonly #routings = new Map<string, string>();

  constructor(
    private readonly sql: Sql,
    private readonly memory: MemoryWorld,
  ) {}

  /** To be called when rows may have been made in both worlds. */
  async refresh(): Promise<void> {
    const memoryNames = this.#memoryNames();
    this.#toPostgres = new Map();
    this.#toMemory = new Map();
    for (const { kind, id, name } of await readPostgresNames(this.sql)) {
      const memoryId = memoryNames.get(`${kind} ${name}`);
      if (memoryId === undefined) continue;
      this.#toPostgres.set(`${kind} ${memoryId}`, id);
      this.#toMemory.set(`${kind} ${id}`, memoryId);
    }
  }

  addRouting(memoryId: string, postgresId: string): void {
    this.#routings.set(memoryId, postgresId);
    this.#routings.set(postgresId, memoryId);
  }

  /** Either way: routings have uuids. */
  routing(id: string): string {
    return this.#routings.get(id) ?? id;
  }

  toPostgres(kind: NamedKind, memoryId: number): number {
    return this.#toPostgres.get(`${kind} ${memoryId}`) ?? -1;
  }

  toMemory(kind: NamedKind, postgresId: number): number {
    return this.#toMemory.get(`${kind} ${postgresId}`) ?? -1;
  }

  #memoryNames(): Map<string, number> {
    const { ledger } = this.memory;
    const names = this.memory.names();
    return new Map([
      ...[...names.lanes].map(([id, name]) => [`lane ${name}`, id] as const),
      ...[...names.cuts].map(([id, name]) => [`cut ${name}`, id] as const),
      ...ledger.streams().map(({ id, type }) => [`stream ${type}`, id] as const),
      ...ledger.attempts().map(({ id, fileId, number }) => [`attempt ${fileId} ${number}`, id] as const),
    ]);
  }
}

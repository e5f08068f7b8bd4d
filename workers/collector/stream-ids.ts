import type { DataType } from '@/lib/domain/data-type';

interface Owner {
  readonly organizationId: string;
  readonly workspaceId: string;
}

type EnsureStream = (input: Owner & { type: DataType }) => Promise<number>;

/** Ids of streams by workspace and type. A stream never goes away, so an id is asked for once. */
export class StreamIds {
  private readonly ids = new Map<string, Promise<number>>();

  constructor(private readonly ensure: EnsureStream) {}

  of(owner: Owner, type: DataType): Promise<number> {
    const name = `${owner.workspaceId} ${type}`;
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const asked = this.ask(name, {
      organizationId: owner.organizationId,
      workspaceId: owner.workspaceId,
      type,
    });
    this.ids.set(name, asked);
    return asked;
  }

  private async ask(name: string, input: Owner & { type: DataType }): Promise<number> {
    try {
      return await this.ensure(input);
    } catch (error) {
      this.ids.delete(name);
      throw error;
    }
  }
}

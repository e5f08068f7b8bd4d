import type { Alias } from './event-input';

/** SHA-1 of bytes; handed in, because hashing belongs to the platform. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

/**
 * The user id of someone known only by aliases: the UUIDv5 (RFC 9562 §5.5) of `tag\0id` of the alias with the
 * lowest priority number (null last, the first of equals), in the workspace's secret namespace.
 */
export function aliasUserId(aliases: readonly Alias[], namespace: string, sha1: Sha1): string {
  const alias = highestPriority(aliases);
  const name = Buffer.concat([
    Buffer.from(namespace.replaceAll('-', ''), 'hex'),
    Buffer.from(`${alias.tag}\0${alias.id}`, 'utf8'),
  ]);
  const bytes = Buffer.from(sha1(name).subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function highestPriority(aliases: readonly Alias[]): Alias {
  const [first, ...others] = aliases;
  if (first === undefined) throw new Error('A user id cannot be made of no alias');
  return others.reduce((best, alias) => (rank(alias) < rank(best) ? alias : best), first);
}

function rank(alias: Alias): number {
  return alias.priority ?? Number.POSITIVE_INFINITY;
}

/**
 * What a version of a destination is: in use, checked beside the one in use (`candidate`), never adopted (`dropped`), or
 * adopted once (`replaced`).
 */
export type VersionState = 'in_use' | 'candidate' | 'dropped' | 'replaced';

interface VersionFacts {
  readonly version: number;
  readonly adoptedAt: Date | null;
  readonly droppedAt: Date | null;
}

/** The state of a version of a routing that uses version `inUse`. */
export function versionState({ version, adoptedAt, droppedAt }: VersionFacts, inUse: number): VersionState {
  if (version === inUse) return 'in_use';
  if (adoptedAt !== null) return 'replaced';
  return droppedAt === null ? 'candidate' : 'dropped';
}

import { z } from 'zod';

/** What an access check looks at, in this order. Closed: rows of other names do not exist. */
export const CHECK_STEPS = [
  'shape',
  'bucket',
  'clock',
  'credentials',
  'external_id',
  'write',
  'owner',
  'place',
  'same_key',
  'read',
  'encryption',
  'read_back',
  'not_public',
  'public_block',
  'ownership',
  'versioning',
  'list',
  'surplus',
  'clean_up',
] as const;
export const checkStepSchema = z.enum(CHECK_STEPS);
export type CheckStep = z.infer<typeof checkStepSchema>;

export type AccessKind = 'keys' | 'role';

interface StepRule {
  /** What the row says, whatever came of it. */
  readonly title: string;
  /** Whether the check fails with it. An optional row can never turn a check red. */
  readonly isRequired: boolean;
  /** Only what passed these is worth trying. */
  readonly needs: readonly CheckStep[];
  /** Only for this kind of access; absent for both. */
  readonly only?: AccessKind;
}

const ACCESS: readonly CheckStep[] = ['bucket', 'credentials', 'external_id'];

export const STEP_RULES: Readonly<Record<CheckStep, StepRule>> = {
  shape: { title: 'Names are well formed', isRequired: true, needs: [] },
  bucket: { title: 'Bucket name and region', isRequired: true, needs: ['shape'] },
  clock: { title: 'Our clock agrees with the store’s', isRequired: true, needs: ['bucket'] },
  credentials: { title: 'Access accepted', isRequired: true, needs: ['bucket'] },
  external_id: {
    title: 'Refused without our external ID',
    isRequired: true,
    needs: ['credentials'],
    only: 'role',
  },
  write: { title: 'Write a test file', isRequired: true, needs: ACCESS },
  owner: { title: 'Bucket belongs to the right account', isRequired: true, needs: ['write'] },
  // Only whoever may write here learns anything about the place.
  place: { title: 'No other routing delivers here', isRequired: true, needs: ['owner'] },
  same_key: { title: 'The same key twice is refused', isRequired: true, needs: ['write'] },
  read: { title: 'Look at the test file', isRequired: true, needs: ['write'] },
  encryption: { title: 'Encrypted as agreed', isRequired: true, needs: ['read'] },
  read_back: { title: 'Read the test file back', isRequired: false, needs: ['read'] },
  not_public: { title: 'The test file is not public', isRequired: true, needs: ['write'] },
  public_block: { title: 'Public access is blocked', isRequired: false, needs: ACCESS },
  ownership: { title: 'You own what we write', isRequired: false, needs: ACCESS },
  versioning: { title: 'Versions and object lock', isRequired: false, needs: ACCESS },
  list: { title: 'List what is under the prefix', isRequired: false, needs: ACCESS },
  surplus: { title: 'The grant gives no more than needed', isRequired: false, needs: ACCESS },
  clean_up: { title: 'Remove the test file', isRequired: false, needs: ['write'] },
};

/** The rows of a check of this kind of access, in order. */
export function stepsFor(kind: AccessKind): CheckStep[] {
  return CHECK_STEPS.filter((step) => (STEP_RULES[step].only ?? kind) === kind);
}

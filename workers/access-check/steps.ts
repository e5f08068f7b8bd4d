import type { CheckStep } from '@/lib/domain/access-check/step';
import { checkBucket, checkClock, checkPlace, checkShape } from './look-at-place';
import {
  checkList,
  checkOwnership,
  checkPublicBlock,
  checkSurplus,
  checkVersioning,
} from './look-at-settings';
import {
  checkCleanUp,
  checkEncryption,
  checkNotPublic,
  checkOwner,
  checkRead,
  checkReadBack,
  checkSameKey,
} from './look-at-test-file';
import { checkCredentials, checkExternalId } from './prove-identity';
import type { Step } from './step-context';
import { checkWrite } from './write-test-file';

/** How each row is tried. */
export const STEPS: Readonly<Record<CheckStep, Step>> = {
  shape: checkShape,
  bucket: checkBucket,
  clock: checkClock,
  credentials: checkCredentials,
  external_id: checkExternalId,
  write: checkWrite,
  owner: checkOwner,
  place: checkPlace,
  same_key: checkSameKey,
  read: checkRead,
  encryption: checkEncryption,
  read_back: checkReadBack,
  not_public: checkNotPublic,
  public_block: checkPublicBlock,
  ownership: checkOwnership,
  versioning: checkVersioning,
  list: checkList,
  surplus: checkSurplus,
  clean_up: checkCleanUp,
};

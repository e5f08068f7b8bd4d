import { z } from 'zod';
import { ownerAccountSchema } from '@/lib/domain/destination/account';
import { crossCheck } from './cross-check';
import { settingsFaults, settingsFields } from './fields';

const { bucket, region, prefix, kmsKeyArn } = settingsFields;

/** A place at a store that is known already, as somebody outside names it, with the account that owns the bucket. */
export const placeInputSchema = z
  .object({ bucket, region, prefix, kmsKeyArn, ownerAccountId: ownerAccountSchema })
  .superRefine(...crossCheck(settingsFaults));

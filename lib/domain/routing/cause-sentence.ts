/** What stands behind a health cause, and what to do about it. Words of delivery's fault table. */
const SENTENCES: Readonly<Record<string, string>> = {
  access_denied: 'AWS refuses the upload (AccessDenied). Grant s3:PutObject on the prefix to the IAM user.',
  access_key_unknown:
    'AWS does not know the access key ID. Check that the key exists and is active, or enter a new one.',
  account_closed: 'AWS says that the account of the bucket or of the key is not active.',
  acl_not_supported: 'The bucket does not take ACLs. Set its object ownership to “bucket owner enforced”.',
  body_incomplete:
    'The store says, time after time, that uploads arrive incomplete. Something on the way cuts them off.',
  bucket_full: 'The bucket is full. Raise its quota or free some space.',
  bucket_missing: 'There is no bucket of this name. Correct the name in the settings, or create the bucket.',
  certificate_invalid: 'The certificate of the endpoint is not accepted.',
  checksum_refused: 'The store says that the bytes arrived damaged.',
  chunk_corrupt:
    'Stored events do not match their checksum. Nothing of them is delivered before somebody has looked.',
  chunk_missing:
    'Events passed their retention before they were delivered. Resuming goes on behind them and records the gap.',
  clock_skew: 'The store says that our clock is wrong. Uploads go on once it is right again.',
  conditional_put_unsupported: 'The store does not support If-None-Match on uploads.',
  conflict: 'An object that is not ours lies where our file belongs. Nothing is overwritten.',
  credential_unreadable: 'The stored access keys cannot be opened. Enter them anew in the settings.',
  file_too_large: 'The store does not take files of this size.',
  internal: 'Something on our side fails each time. It is tried again and again.',
  kms_access_denied: 'AWS refuses the use of the KMS key. Grant kms:GenerateDataKey on it to the IAM user.',
  kms_key_disabled: 'The KMS key is disabled. Enable it, or choose another one in the settings.',
  kms_key_missing: 'There is no KMS key of this ARN in the bucket’s region.',
  kms_key_unavailable: 'The KMS key cannot be reached at the moment.',
  key_too_long: 'The store does not take keys of this length. Choose a shorter prefix in the settings.',
  metadata_too_large: 'The store does not take the metadata of our files.',
  read_denied:
    'A file is there already and AWS does not let us look at it. Grant s3:GetObject on the prefix.',
  region_wrong: 'The bucket lies in another region. Correct the region in the settings.',
  secret_wrong:
    'The secret access key does not belong to the access key ID. Enter both anew in the settings.',
  token_expired: 'The credentials have expired. Enter new access keys in the settings.',
  token_invalid: 'The credentials are not valid. Enter new access keys in the settings.',
  unauthorized: 'The store does not accept the access keys. Enter new ones in the settings.',
};

/** A sentence for a health cause; an answer without one of ours is quoted as the store gave it. */
export function causeSentence(cause: string): string {
  return SENTENCES[cause] ?? `The store answered: ${cause}.`;
}

const KEY_ARN =
  /^arn:aws:kms:([a-z0-9-]+):\d{12}:key\/(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** Says what is wrong with a KMS key and what to do, or null. Empty means the bucket's own encryption. */
export function kmsKeyFault(arn: string): string | null {
  if (arn === '' || KEY_ARN.test(arn)) return null;
  if (/^alias\/|:alias\//.test(arn)) {
    return 'Enter the ARN of the key, not an alias: an alias would be looked up in our account, not in yours.';
  }
  if (/^(mrk-)?[0-9a-f-]{32,40}$/.test(arn))
    return 'Enter the whole ARN of the key, not only its id: arn:aws:kms:…';
  return 'Enter the whole ARN of the key, for example arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-….';
}

/** Says that the key lies in another region than the bucket, or null. S3 uses keys of its own region only. */
export function kmsRegionFault(arn: string, region: string): string | null {
  const keyRegion = KEY_ARN.exec(arn)?.[1];
  if (keyRegion === undefined || keyRegion === region) return null;
  return `This key lies in ${keyRegion}, the bucket in ${region}: S3 needs a key of the bucket's own region.`;
}

/** Format: AWS IAM, "IAM identifiers"; the path, if any, is part of the ARN. */
const ROLE = /^arn:aws:iam::(\d{12}):role\/(?:[\x21-\x2e\x30-\x7e]+\/){0,20}([\w+=,.@-]{1,64})$/;
const LENGTH_MAX = 2_048;

/** Says what is wrong with the ARN of a role and what to do, or null. */
export function roleArnFault(arn: string): string | null {
  if (arn === '')
    return 'Enter the ARN of the role, for example arn:aws:iam::123456789012:role/sluice-delivery.';
  if (ROLE.test(arn) && arn.length <= LENGTH_MAX) return serviceRoleFault(arn);
  if (/^arn:aws:sts::\d{12}:assumed-role\//.test(arn)) {
    return 'This is a session of a role. Enter the ARN of the role itself: arn:aws:iam::…:role/….';
  }
  if (/^arn:aws:iam::\d{12}:user\//.test(arn)) {
    return 'This is the ARN of a user. Enter the one of a role, or give access keys of the user instead.';
  }
  if (/^arn:aws:iam::\d{12}:root$/.test(arn))
    return 'This is the account itself. Enter the ARN of a role in it.';
  if (/^arn:aws:iam::\d{12}:instance-profile\//.test(arn)) {
    return 'This is an instance profile. Enter the ARN of the role: arn:aws:iam::…:role/….';
  }
  if (/^arn:aws-[a-z-]+:/.test(arn)) return 'Roles of AWS China and of GovCloud cannot be used.';
  if (/^[\w+=,.@-]{1,64}$/.test(arn)) {
    return 'Enter the whole ARN, not only the name of the role: arn:aws:iam::123456789012:role/….';
  }
  return 'The ARN of a role looks like arn:aws:iam::123456789012:role/sluice-delivery.';
}

function serviceRoleFault(arn: string): string | null {
  return arn.includes(':role/aws-service-role/')
    ? 'AWS keeps this role for one of its services: nobody else can take it on.'
    : null;
}

/** The account and the name of a role whose ARN is well formed. */
export function readRoleArn(arn: string): { readonly accountId: string; readonly name: string } {
  const [, accountId = '', name = ''] = ROLE.exec(arn) ?? [];
  return { accountId, name };
}

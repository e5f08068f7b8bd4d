import { leastPolicy } from './access-policy';
import { shellWord } from './escape';
import { type GrantPlace, grantName } from './grant-place';
import { trustPolicy } from './trust-policy';

/** The same with the AWS CLI, for a POSIX shell. The last line prints what is to be entered. */
export function cli(place: GrantPlace): string {
  const { access } = place;
  const name = shellWord(grantName(place));
  const policy = shellWord(leastPolicy(place));
  if (access.kind === 'keys') {
    return [
      `aws iam create-user --user-name ${name}`,
      `aws iam put-user-policy --user-name ${name} --policy-name sluice-delivery --policy-document ${policy}`,
      `aws iam create-access-key --user-name ${name}`,
      '',
    ].join('\n');
  }
  return [
    `aws iam create-role --role-name ${name} --max-session-duration 3600 --assume-role-policy-document ${shellWord(trustPolicy(access))}`,
    `aws iam put-role-policy --role-name ${name} --policy-name sluice-delivery --policy-document ${policy}`,
    `aws iam get-role --role-name ${name} --query Role.Arn --output text`,
    '',
  ].join('\n');
}

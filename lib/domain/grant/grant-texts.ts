import { guidePolicy, leastPolicy } from './access-policy';
import { cli } from './cli';
import { cloudFormation } from './cloudformation';
import type { GrantPlace, GrantText } from './grant-place';
import { terraform } from './terraform';
import { trustPolicy } from './trust-policy';

/**
 * Every way to make the access at AWS, with the names filled in: what is least needed as JSON, CloudFormation, Terraform
 * and AWS CLI, and the setup guide's broad grant as JSON. A role also has its trust policy. All names were accepted by
 * the rules of a destination before.
 */
export function grantTexts(place: GrantPlace): readonly GrantText[] {
  const { access } = place;
  const trust: readonly GrantText[] =
    access.kind === 'keys'
      ? []
      : [
          {
            format: 'trust',
            title: 'Trust policy',
            fileName: 'sluice-trust-policy.json',
            text: trustPolicy(access),
          },
        ];
  return [
    {
      format: 'cloudformation',
      title: 'CloudFormation',
      fileName: 'sluice-delivery.yaml',
      text: cloudFormation(place),
    },
    { format: 'terraform', title: 'Terraform', fileName: 'sluice-delivery.tf', text: terraform(place) },
    { format: 'cli', title: 'AWS CLI', fileName: 'sluice-delivery.sh', text: cli(place) },
    ...trust,
    { format: 'policy', title: 'Policy', fileName: 'sluice-policy.json', text: leastPolicy(place) },
    {
      format: 'guide',
      title: 'Broad policy',
      fileName: 'sluice-broad-policy.json',
      text: guidePolicy(place),
    },
  ];
}

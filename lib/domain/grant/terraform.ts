import { leastStatements } from './access-policy';
import { hclString } from './escape';
import { type GrantPlace, grantName } from './grant-place';
import { trustStatements } from './trust-policy';
import { policyDocument } from './write-policy';

/** Terraform for the AWS provider: the role with its policy, or a user with it and no key, which the state would hold. */
export function terraform(place: GrantPlace): string {
  const { access } = place;
  const name = hclString(grantName(place));
  const policy = hclValue(policyDocument(leastStatements(place)), '  ');
  if (access.kind === 'keys') {
    return `resource "aws_iam_user" "sluice_delivery" {
  name = ${name}
}

resource "aws_iam_user_policy" "sluice_delivery" {
  name   = "sluice-delivery"
  user   = aws_iam_user.sluice_delivery.name
  policy = jsonencode(${policy})
}
`;
  }
  return `resource "aws_iam_role" "sluice_delivery" {
  name                 = ${name}
  max_session_duration = 3600
  assume_role_policy   = jsonencode(${hclValue(policyDocument(trustStatements(access)), '  ')})
}

resource "aws_iam_role_policy" "sluice_delivery" {
  name   = "sluice-delivery"
  role   = aws_iam_role.sluice_delivery.id
  policy = jsonencode(${policy})
}

output "sluice_role_arn" {
  value = aws_iam_role.sluice_delivery.arn
}
`;
}

/** An expression of HCL. Names are quoted throughout, so that `s3:prefix` is none of HCL's own. */
function hclValue(node: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (typeof node === 'string') return hclString(node);
  if (Array.isArray(node)) {
    const items = node.map((item: unknown) => hclValue(item, deeper));
    if (items.every((item) => !item.includes('\n'))) return `[${items.join(', ')}]`;
    return `[\n${items.map((item) => `${deeper}${item},`).join('\n')}\n${indent}]`;
  }
  if (typeof node === 'object' && node !== null) {
    const entries = Object.entries(node).map(
      ([name, value]) => `${deeper}${hclString(name)} = ${hclValue(value, deeper)}`,
    );
    return `{\n${entries.join('\n')}\n${indent}}`;
  }
  return String(node);
}

import { expect, test } from 'vitest';
import { accountOfArn } from './arn-account';

test.each([
  ['arn:aws:iam::444455556666:role/path/sluice', '444455556666'],
  ['arn:aws:sts::444455556666:assumed-role/sluice/session', '444455556666'],
  ['arn:aws:kms:eu-west-1:444455556666:key/7d2c', '444455556666'],
  ['arn:aws:s3:::aurora-events', null],
  ['aurora-events', null],
])('%s is of account %s', (arn, account) => {
  expect(accountOfArn(arn)).toBe(account);
});

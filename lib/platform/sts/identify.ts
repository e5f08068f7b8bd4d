import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { askSts } from './ask-sts';
import type { Identify } from './role-sessions';
import { createStsClient } from './sts-clients';

/** Asks STS of the place's region whose access it is, signed with the access itself; needs no permission at all. */
export const identify: Identify = async ({ endpoint }, access, deadlineMs) => {
  const { credential, region } = access;
  const client = createStsClient({ endpoint, region }, { kind: 'keys', ...credential });
  try {
    return await askSts({
      send: (abortSignal) => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
      read: ({ Account = '', Arn = '' }) => ({ accountId: Account, arn: Arn }),
      deadlineMs,
      access,
    });
  } finally {
    client.destroy();
  }
};

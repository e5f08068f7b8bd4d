import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ControlParts } from '../control/stand-in-control';
import { S3Error } from '../protocol/s3-error';
import { parentElement, textElement } from '../protocol/xml';
import { assumeRole } from './assume-role';
import { authenticateSts } from './authenticate-sts';
import { StsError } from './sts-error';

const CALLS_KEPT = 1_000;
const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Whether a request is for STS: its calls are POSTs of a form to the root, where S3 takes none. */
export function isSts(incoming: IncomingMessage): boolean {
  const type = incoming.headers['content-type'] ?? '';
  return (
    incoming.method === 'POST' && incoming.url === '/' && type.startsWith('application/x-www-form-urlencoded')
  );
}

/** AssumeRole and GetCallerIdentity in the query protocol; https://docs.aws.amazon.com/STS/latest/APIReference/. */
export async function answerSts(
  incoming: IncomingMessage,
  response: ServerResponse,
  parts: ControlParts,
): Promise<void> {
  const body = await text(incoming);
  const parameters = new URLSearchParams(body);
  const action = parameters.get('Action') ?? '';
  const { fault } = parts.sts;
  const externalId = parameters.get('ExternalId');
  const call = {
    action,
    roleArn: parameters.get('RoleArn'),
    externalId,
    hasPolicy: parameters.has('Policy'),
  };
  parts.sts.calls.push(call);
  if (parts.sts.calls.length > CALLS_KEPT) parts.sts.calls.shift();
  if (fault?.kind === 'drop') {
    incoming.socket.resetAndDestroy();
    return;
  }
  const requestId = randomUUID();
  try {
    if (fault?.kind === 'answer') throw new StsError(fault.status, fault.code, fault.message);
    const result = await act({ incoming, body, parameters, action }, parts);
    const metadata = parentElement('ResponseMetadata', [textElement('RequestId', requestId)]);
    const children = [parentElement(`${action}Result`, result), metadata].join('');
    send(response, {
      status: 200,
      requestId,
      xml: `<${action}Response xmlns="${NAMESPACE}">${children}</${action}Response>`,
    });
  } catch (cause) {
    const { status, code, message } = asStsError(cause);
    const type = status < 500 ? 'Sender' : 'Receiver';
    const error = parentElement('Error', [
      textElement('Type', type),
      textElement('Code', code),
      textElement('Message', message),
    ]);
    const children = `${error}${textElement('RequestId', requestId)}`;
    send(response, {
      status,
      requestId,
      xml: `<ErrorResponse xmlns="${NAMESPACE}">${children}</ErrorResponse>`,
    });
  }
}

interface StsCall {
  readonly incoming: IncomingMessage;
  readonly body: string;
  readonly parameters: URLSearchParams;
  readonly action: string;
}

async function act({ incoming, body, parameters, action }: StsCall, parts: ControlParts): Promise<string[]> {
  const { access, roles, accountId } = parts;
  const nowMs = parts.nowMs();
  const { accessKeyId } = authenticateSts(incoming, body, {
    nowMs,
    secretOf: (id, token) => access.secretOf(id) ?? roles.secretOf(id, { token, nowMs }),
  });
  const callerArn = arnOf(parts, accessKeyId);
  if (action === 'GetCallerIdentity') {
    const account = /^arn:aws:\w+::(\d{12}):/.exec(callerArn)?.[1] ?? accountId;
    return [
      textElement('Arn', callerArn),
      textElement('UserId', accessKeyId),
      textElement('Account', account),
    ];
  }
  if (action !== 'AssumeRole') throw new StsError(400, 'InvalidAction', `Could not find operation ${action}`);
  const session = await assumeRole(roles, { callerArn, accessKeyId, parameters, nowMs });
  return [
    parentElement('Credentials', [
      textElement('AccessKeyId', session.accessKeyId),
      textElement('SecretAccessKey', session.secretAccessKey),
      textElement('SessionToken', session.token),
      textElement('Expiration', new Date(session.endsAtMs).toISOString()),
    ]),
    parentElement('AssumedRoleUser', [
      textElement('Arn', arnOf(parts, session.accessKeyId)),
      textElement('AssumedRoleId', `AROA:${session.sessionName}`),
    ]),
  ];
}

/** Who signs with a key, as AWS names them. */
export function arnOf(
  { roles, accountId }: Pick<ControlParts, 'roles' | 'accountId'>,
  accessKeyId: string,
): string {
  const session = roles.session(accessKeyId);
  if (session === undefined) return `arn:aws:iam::${accountId}:user/${accessKeyId}`;
  const [, account = '', name = ''] =
    /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(session.roleArn) ?? [];
  return `arn:aws:sts::${account}:assumed-role/${name}/${session.sessionName}`;
}

function asStsError(cause: unknown): { status: number; code: string; message: string } {
  if (cause instanceof StsError) return cause;
  // A session that is no longer good is said in S3's words.
  if (cause instanceof S3Error) {
    return {
      status: 403,
      code: cause.code === 'InvalidToken' ? 'InvalidClientTokenId' : cause.code,
      message: cause.message,
    };
  }
  const said = cause instanceof Error ? cause.message : 'unknown';
  return { status: 500, code: 'InternalFailure', message: `The stand-in failed: ${said}` };
}

function send(
  response: ServerResponse,
  { status, requestId, xml }: { status: number; requestId: string; xml: string },
): void {
  response.writeHead(status, {
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(xml),
    'x-amzn-requestid': requestId,
  });
  response.end(xml);
}

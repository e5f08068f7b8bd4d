import type { S3Client } from '@aws-sdk/client-s3';

const BODY_BYTES_MAX = 64 * 1024;

/** S3 said 200 and then, in the body, that it did not succeed. Named by the code in the body. */
class ErrorInSuccess extends Error {
  readonly $metadata: { httpStatusCode: number; requestId: string | undefined };

  constructor(code: string, response: SuccessResponse) {
    super('The answer said 200 and held an error');
    this.name = code;
    this.$metadata = { httpStatusCode: response.statusCode, requestId: response.headers['x-amz-request-id'] };
  }
}

interface SuccessResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterable<Buffer>;
}

function isSuccessWithBody(response: unknown): response is SuccessResponse {
  if (typeof response !== 'object' || response === null) return false;
  if (!('statusCode' in response) || !('body' in response)) return false;
  const { body } = response;
  return (
    response.statusCode === 200 && typeof body === 'object' && body !== null && Symbol.asyncIterator in body
  );
}

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    if (bytes < BODY_BYTES_MAX) parts.push(part);
    bytes += part.length;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Makes a PUT fail whose 200 carries an error document; the SDK looks for one only in copies and multiparts. */
export function refuseErrorInSuccess(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (context.commandName !== 'PutObjectCommand' || !isSuccessWithBody(result.response)) return result;
      const text = await readStart(result.response.body);
      const code = /<Error>[\s\S]*?<Code>([\w.]{1,100})<\/Code>/.exec(text)?.[1];
      if (code !== undefined) throw new ErrorInSuccess(code, result.response);
      return result;
    },
    // Innermost, so that the body is still unread.
    { step: 'deserialize', name: 'refuseErrorInSuccess', priority: 'low' },
  );
}

import { receiveBody } from '../protocol/receive-body';
import { S3Error } from '../protocol/s3-error';
import { firstText, parentElement, textElement, xmlDocument } from '../protocol/xml';
import { isAllowed } from './authorize';
import { type Exchange, emptyReply, type Reply, requireBucket, xmlReply } from './exchange';

const KEYS_MAX = 1_000;
const DOCUMENT_MAX_BYTES = 2 * 1024 * 1024;

/** DeleteObject: says 204 whether or not there was one. */
export async function deleteObject(exchange: Exchange): Promise<Reply> {
  requireBucket(exchange);
  await exchange.storage.deleteObject({ bucket: exchange.request.bucket, key: exchange.request.key });
  return emptyReply(204);
}

async function deleteOne(exchange: Exchange, key: string): Promise<string> {
  if (!isAllowed(exchange, 's3:DeleteObject', key)) {
    const fields = [
      textElement('Key', key),
      textElement('Code', 'AccessDenied'),
      textElement('Message', 'Access Denied'),
    ];
    return parentElement('Error', fields);
  }
  await exchange.storage.deleteObject({ bucket: exchange.request.bucket, key });
  return parentElement('Deleted', [textElement('Key', key)]);
}

function malformed(): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

/** DeleteObjects: up to 1,000 keys, each with its own permission. */
export async function deleteObjects(exchange: Exchange): Promise<Reply> {
  requireBucket(exchange);
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  await receiveBody(exchange.request, exchange.body, async (part) => {
    sizeBytes += part.length;
    if (sizeBytes > DOCUMENT_MAX_BYTES) throw malformed();
    parts.push(part);
  });
  const document = Buffer.concat(parts).toString('utf8');
  const keys = [...document.matchAll(/<Object>(.*?)<\/Object>/gs)].map((match) =>
    firstText(match[1] ?? '', 'Key'),
  );
  if (keys.length === 0 || keys.length > KEYS_MAX) throw malformed();
  const isQuiet = firstText(document, 'Quiet') === 'true';
  const results: string[] = [];
  for (const key of keys) {
    if (key === undefined) throw malformed();
    const result = await deleteOne(exchange, key);
    if (!isQuiet || result.startsWith('<Error>')) results.push(result);
  }
  return xmlReply(xmlDocument('DeleteResult', results));
}

import { DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { type APIRequestContext, expect } from '@playwright/test';
import { site } from './fixtures';

/** A command at the stand-in's control door, for example `revoke-key`; see dev/s3-stand-in/README.md. */
export async function controlStore(
  request: APIRequestContext,
  command: string,
  data: object,
): Promise<unknown> {
  const answer = await request.post(`${site.SLUICE_E2E_S3_ENDPOINT}/_control/${command}`, {
    headers: { Authorization: `Bearer ${site.SLUICE_E2E_S3_CONTROL_TOKEN}` },
    data,
  });
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** Removes an object of the test bucket as its customer may at any moment. */
export async function deleteObject(key: string): Promise<void> {
  await withClient((client) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
}

/** Whether the test bucket holds an object of this key. */
export async function hasObject(key: string): Promise<boolean> {
  const { Contents: found = [] } = await withClient((client) =>
    client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key })),
  );
  return found.some((object) => object.Key === key);
}

const bucket = site.SLUICE_E2E_S3_BUCKET;

async function withClient<T>(use: (client: S3Client) => Promise<T>): Promise<T> {
  const client = new S3Client({
    endpoint: site.SLUICE_E2E_S3_ENDPOINT,
    region: site.SLUICE_E2E_S3_REGION,
    forcePathStyle: true,
    credentials: {
      accessKeyId: site.SLUICE_E2E_S3_ACCESS_KEY_ID,
      secretAccessKey: site.SLUICE_E2E_S3_SECRET,
    },
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

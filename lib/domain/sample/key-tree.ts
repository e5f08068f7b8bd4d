import { belowCheckFolder } from '@/lib/domain/access-check/test-file';

/** The key of a sample as a tree reads: what it lies in, its partition folder by folder, and its name last. */
export function keyTree(bucket: string, key: string): readonly string[] {
  const below = belowCheckFolder(key);
  const root = `s3://${bucket}/${key.slice(0, key.length - below.length)}`;
  const parts = below.split('/');
  return [root, ...parts.map((part, index) => (index === parts.length - 1 ? part : `${part}/`))];
}

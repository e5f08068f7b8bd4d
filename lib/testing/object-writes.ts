import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { journalEntrySchema } from '@/dev/s3-stand-in/storage/object-record';

/** How often each key of a bucket was written since it was last removed, by the journal of the stand-in whose folder this is. */
export async function readObjectWrites(directory: string, bucket: string): Promise<Map<string, number>> {
  const journal = await readFile(path.join(directory, 'journal.jsonl'), 'utf8');
  const writes = new Map<string, number>();
  for (const text of journal.split('\n')) {
    if (text === '') continue;
    const entry = journalEntrySchema.parse(JSON.parse(text));
    if (entry.entry === 'object-deleted' && entry.bucket === bucket) writes.delete(entry.key);
    if (entry.entry !== 'object' || entry.bucket !== bucket) continue;
    writes.set(entry.key, (writes.get(entry.key) ?? 0) + 1);
  }
  return writes;
}

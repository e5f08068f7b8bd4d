import { formatDuration } from '@/lib/domain/format/duration';

const WORDS: Readonly<Record<string, string>> = {
  name: 'Name',
  dataTypes: 'Data types',
  eventNames: 'Names of events',
  endpoint: 'Served by',
  bucket: 'Bucket',
  region: 'Region',
  prefix: 'Prefix',
  kmsKeyArn: 'KMS key',
  promiseSeconds: 'Promise',
  flushIntervalMs: 'A file about every',
  hourMarkers: 'Hour markers',
  accessProbe: 'Looking in between',
  retentionHours: 'Undelivered events are held',
  accessKeyIdLast4: 'Access key',
  roleArn: 'Role',
};

/** The name of a recorded setting as the forms call it; one that has no word yet keeps its own. */
export function settingWord(setting: string): string {
  return Object.hasOwn(WORDS, setting) ? (WORDS[setting] ?? setting) : setting;
}

/** A recorded value as people read it; what is empty says so. */
export function settingText(setting: string, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'all' : value.map(String).join(', ');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return numberText(setting, value);
  if (value === null || value === undefined || value === '') {
    return setting === 'endpoint' ? 'Amazon S3' : 'none';
  }
  return setting === 'accessKeyIdLast4' ? `ends in ${String(value)}` : String(value);
}

function numberText(setting: string, value: number): string {
  switch (setting) {
    case 'promiseSeconds':
      return formatDuration(value * 1_000);
    case 'retentionHours':
      return `${value} h`;
    case 'flushIntervalMs':
      return formatDuration(value);
    default:
      return String(value);
  }
}

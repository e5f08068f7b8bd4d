/** What one form of address says, before it is held to the rules of bucket, prefix and region. */
export interface FoundPlace {
  readonly kind: 'found';
  readonly bucket: string;
  /** Everything after the bucket, as it was written: a prefix, a file's key, a pattern. */
  readonly path: string;
  /** As it was written; empty when the address does not say. */
  readonly region: string;
  /** Empty for AWS, an allowed endpoint for another S3 server, null when the address does not say. */
  readonly endpoint: string | null;
  /** The path is known to name a file, whatever it looks like. */
  readonly isFile?: boolean;
  readonly notes?: readonly string[];
  readonly warning?: string;
}

/** Why nothing can be taken from what was pasted, and what to paste instead. */
export interface PastedRefusal {
  readonly kind: 'refused';
  readonly sentence: string;
  /** What was pasted should not stay on the screen. */
  readonly isSecret: boolean;
}

export type Found = FoundPlace | PastedRefusal;

/** What was pasted names no place; the sentence says what to paste instead. */
export function refuse(sentence: string, { isSecret = false } = {}): PastedRefusal {
  return { kind: 'refused', sentence, isSecret };
}

const OTHER_PARTITION = 'Sluice delivers to the commercial regions of AWS only. Use a bucket in one of them.';

/** Says that a region or a partition is one of AWS China or GovCloud, or null. */
export function partitionFault(regionOrPartition: string): string | null {
  if (/^(cn-|aws-cn$)/.test(regionOrPartition)) return `This bucket lies in AWS China. ${OTHER_PARTITION}`;
  if (/^(us-gov-|us-iso|eu-isoe|aws-us-gov$|aws-iso)/.test(regionOrPartition)) {
    return `This bucket lies in an AWS partition for governments. ${OTHER_PARTITION}`;
  }
  return null;
}

/** Undoes escapes of ASCII signs; anything else stays as it is, and is no sign of a prefix. Never throws. */
export function decodeAscii(text: string): string {
  return text.replace(/%[2-7][0-9a-f]/gi, (escaped) => decodeURIComponent(escaped));
}

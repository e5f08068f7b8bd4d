import type { CheckFix, CheckRowView } from '@/lib/domain/access-check/view';

/** Mail programs and what passes addresses on to them stop at about this length. */
const ADDRESS_CHARACTERS_MAX = 1_950;

interface FixMail {
  readonly row: Pick<CheckRowView, 'title' | 'sentence'>;
  readonly fix: CheckFix;
  /** `s3://bucket/prefix`. */
  readonly address: string;
}

/** The address of a mail that says what to paste where, without a recipient; null when it would be too long. */
export function fixMail({ row, fix, address }: FixMail): string | null {
  const lines = [row.sentence, `${fix.title}:`, fix.text, fix.link?.url];
  const body = lines.filter((line) => line !== null && line !== undefined).join('\n\n');
  const subject = `Access of Sluice to ${address}: ${row.title}`;
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return mail.length > ADDRESS_CHARACTERS_MAX ? null : mail;
}

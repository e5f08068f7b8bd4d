import { MONTHS } from '@/lib/domain/format/time-format';

/** A month for the eye: 2026-11 is "Nov 2026". */
export function monthName(month: string): string {
  const [year, number] = month.split('-');
  return `${MONTHS[Number(number) - 1]} ${year}`;
}

import { Forbidden } from '@/components/layout/forbidden';
import { AppError } from '@/lib/domain/errors';
import { recordRefusedPage } from './found';

interface RefusedPageProps {
  /** The page that was asked for, as in "New routing". */
  readonly title: string;
  /** What the reader's role may not do. */
  readonly sentence: string;
}

/** Answers a page that the reader's role may not open, and records that it was asked for. */
export async function RefusedPage({ title, sentence }: RefusedPageProps) {
  await recordRefusedPage(new AppError('FORBIDDEN', sentence));
  return <Forbidden title={title} sentence={sentence} />;
}

import { Missing } from '@/components/layout/missing';

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <Missing />
    </main>
  );
}

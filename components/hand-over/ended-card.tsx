/** One text for every link that does not work, so that nothing can be learnt by trying: not even that there was one. */
export function EndedCard() {
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <h1 className="font-semibold text-md">This link does not work, or does not work any more.</h1>
      <p className="mt-1 max-w-[72ch] text-muted">
        It may have been cut short on its way, it may have ended, or it was opened on another device since.
        Open it again from where you got it, or ask whoever sent it for a new one.
      </p>
    </section>
  );
}
